/** The section "Mails to …" of a sale's page at the desk, in every state it can be in. */
import type { SaleView } from '../../../functions/pages/desk/sale.ts';
import type { StandingView } from '../../../functions/pages/desk/standing.ts';

const since = 'Monday 2 November, 10:00';

const free: StandingView = {
  classes: (['owed', 'check-in', 'review'] as const).map((of) => ({ of, stopped: undefined })),
  releases: [],
  held: undefined,
};

const stopped: StandingView = {
  classes: [
    {
      of: 'owed',
      stopped: { since, because: 'bounce', method: 'bounce', evidence: '550 5.1.1 no such user' },
    },
    { of: 'check-in', stopped: { since, because: 'complaint', method: 'complaint', evidence: 'abuse' } },
    { of: 'review', stopped: { since, because: 'asked', method: 'page', evidence: undefined } },
  ],
  releases: [{ at: since, name: 'Nora Frei', reason: 'She cleared her mailbox.' }],
  held: { n: 2, at: since, rating: '2', words: 'It creaks.' },
};

export const standingSamples: readonly { name: string; with_: Partial<SaleView> }[] = [
  { name: 'sale-mails-free', with_: { standing: free, notice: 'released' } },
  { name: 'sale-mails-stopped', with_: { standing: stopped, notice: 'stopped' } },
  { name: 'sale-mails-confirmed', with_: { standing: free, notice: 'confirmed' } },
  {
    name: 'sale-mails-no-reason',
    with_: {
      standing: stopped,
      error: { field: 'release-reason', message: 'standing.error.reason-missing' },
    },
  },
  {
    name: 'sale-mails-not-asked',
    with_: { standing: stopped, error: { field: 'release-asked', message: 'standing.error.not-asked' } },
  },
  {
    name: 'sale-mails-long',
    with_: { standing: free, error: { field: 'stop-reason', message: 'standing.error.reason-long' } },
  },
];
