/** Judges one run by the laws of the design and the invariants of its reliability, from what the world saw alone. */
import { judgeAcknowledged } from './acknowledged.ts';
import { judgeExecutions } from './executions.ts';
import { judgeIntake } from './intake.ts';
import { keptIn } from './items.ts';
import { judgeLedger } from './ledger.ts';
import { judgeMails } from './mails.ts';
import { judgePinned } from './pinned.ts';
import { judgePolicy } from './policy.ts';
import { judgePrivacy } from './privacy.ts';
import { judgePromises } from './promises.ts';
import { judgePromptness } from './promptness.ts';
import { judgeReplies } from './replies.ts';
import type { Finding, Seen } from './seen.ts';
import { judgeSignatures } from './signatures.ts';
import { judgeSilence } from './silence.ts';
import { judgeUpkeep } from './upkeep.ts';

export const judge = (seen: Seen): Finding[] => {
  const kept = keptIn(seen);
  return [
    ...judgeIntake(seen, kept),
    ...judgeMails(seen, kept),
    ...judgeSilence(seen),
    ...judgeReplies(seen, kept),
    ...judgePromptness(seen, kept),
    ...judgeUpkeep(seen, kept),
    ...judgePromises(seen, kept),
    ...judgePrivacy(seen, kept),
    ...judgeLedger(seen, kept),
    ...judgeExecutions(seen, kept),
    ...judgeAcknowledged(seen, kept),
    ...judgePinned(seen, kept),
    ...judgePolicy(seen, kept),
    ...judgeSignatures(seen, kept),
  ];
};
