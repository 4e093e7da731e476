/** One sale: its story on GET; on POST a promise is made, handed over, withdrawn, or its own page opened. */
import { addDelay } from '../core/calendar.ts';
import { type SaleId, SaleId as SaleIdSchema } from '../core/ids.ts';
import { staffOpening } from '../core/openings.ts';
import type { OwedPromise } from '../core/promises/promise.ts';
import type { StaffAct } from '../core/promises/staff-acts.ts';
import { isForgottenAt, promiseOf, type Sale } from '../core/sale.ts';
import type { DeskError } from '../pages/desk/desk-error.ts';
import type { DeskNotice } from '../pages/desk/sale.ts';
import { salePage } from '../pages/desk/sale.ts';
import { type Acted, actAsStaff } from '../steps/act-as-staff.ts';
import { findSale } from '../steps/load.ts';
import type { DeskAnswer } from './answer.ts';
import { type AtDesk, saleHref } from './at-desk.ts';
import { tellAbout, tellFreely } from './mail-tell.ts';
import { makePromise } from './make.ts';
import { addressOf } from './paging.ts';
import { saleView } from './sale-view.ts';
import { confirmHeld, releaseMails, standingView, stopMails } from './standing.ts';

/** As long as a session: the page behind it needs no cookie. */
const LINK_HOURS = 12;

type Done = { notice: DeskNotice } | { error: DeskError } | { goTo: string };

const saleAt = async (at: AtDesk, [source, orderId]: readonly string[]): Promise<Sale | undefined> => {
  const id = SaleIdSchema.safeParse(`${source ?? ''}/${orderId ?? ''}`);
  if (!id.success || orderId === undefined) return undefined;
  const resolved: SaleId = await at.ports.sales.resolve(id.data);
  const found = (await findSale(at.ports, resolved))?.sale;
  /* Who was forgotten on request is shown as nobody; what is only late to be deleted is not shown at all. */
  return found !== undefined && !found.isErased && isForgottenAt(found, at.now) ? undefined : found;
};

/** The promise's own page has everything else one can do; a link of one's own leads there, as from a mail. */
const openPage = async ({ ports, seat, now }: AtDesk, sale: Sale, promise: OwedPromise): Promise<Done> => {
  const token = ports.ids.token();
  await ports.links.keep(ports.ids.digest(token), {
    saleId: sale.id,
    audience: 'staff',
    promise: promise.id,
    staff: seat.member.id,
    expiresAt: addDelay(now, { hours: LINK_HOURS }, staffOpening(ports.settings.config)),
  });
  return { goTo: `/p/${token}` };
};

const mistakeIn = (acted: Exclude<Acted, 'done'>, promise: OwedPromise): DeskError => {
  const { id } = promise;
  switch (acted) {
    case 'to-missing':
      return { field: `to-${id}`, message: 'desk.error.to-missing' };
    case 'to-unknown':
      return { field: `to-${id}`, message: 'desk.error.owner-unknown' };
    case 'provider-busy':
      return { field: `to-${id}`, message: 'desk.error.provider-busy' };
    case 'reason-missing':
      return { field: `reason-${id}`, message: 'desk.error.reason-missing' };
    case 'words-too-long':
      return { field: id, message: 'common.words-too-long' };
    case 'already-closed':
      return { field: id, message: 'desk.error.already-closed' };
    case 'overtaken':
      return { field: id, message: 'desk.error.changed' };
    default:
      return { field: id, message: 'desk.error.other' };
  }
};

const actOn = async (
  at: AtDesk,
  sale: Sale,
  promise: OwedPromise,
  act: StaffAct,
  notice: DeskNotice,
): Promise<Done> => {
  const by = at.seat.member.id;
  const acted = await actAsStaff(at.ports, { sale, promise, by, now: at.now }, act);
  return acted === 'done' ? { notice } : { error: mistakeIn(acted, promise) };
};

const tell = async (at: AtDesk, sale: Sale, form: URLSearchParams): Promise<Done> => {
  const id = form.get('promise');
  const promise = id === null ? undefined : promiseOf(sale, id);
  if (id !== null && promise === undefined)
    return { error: { field: 'promises', message: 'desk.error.other' } };
  const error =
    promise === undefined ? await tellFreely(at, sale, form) : await tellAbout(at, { sale, promise }, form);
  return error === undefined ? { notice: 'told' } : { error };
};

/** What concerns the person and no promise. */
const PERSON_ACTS: Record<string, { run: typeof releaseMails; notice: DeskNotice }> = {
  release: { run: releaseMails, notice: 'released' },
  'stop-mails': { run: stopMails, notice: 'stopped' },
  'confirm-answer': { run: confirmHeld, notice: 'confirmed' },
};

const press = async (at: AtDesk, sale: Sale, form: URLSearchParams): Promise<Done> => {
  const act = form.get('act');
  const personal = PERSON_ACTS[act ?? ''];
  if (personal !== undefined) {
    const error = await personal.run(at, sale, form);
    return error === undefined ? { notice: personal.notice } : { error };
  }
  if (act === 'promise') {
    const error = await makePromise(at, sale, form);
    return error === undefined ? { notice: 'promised' } : { error };
  }
  if (act === 'tell') return tell(at, sale, form);
  const promise = promiseOf(sale, form.get('promise') ?? '');
  if (promise === undefined) return { error: { field: 'promises', message: 'desk.error.other' } };
  const said = (name: string) => form.get(`${name}-${promise.id}`)?.trim() ?? '';
  switch (act) {
    case 'open':
      return openPage(at, sale, promise);
    case 'hand-over': {
      const note = said('note');
      const to = { act: 'hand-over', to: said('to'), ...(note === '' ? {} : { note }) } as const;
      return actOn(at, sale, promise, to, 'handed-over');
    }
    case 'withdraw':
      return actOn(at, sale, promise, { act: 'withdraw', reason: said('reason') }, 'withdrawn');
    default:
      return { error: { field: 'promises', message: 'desk.error.other' } };
  }
};

const NOTICES: readonly DeskNotice[] = [
  'promised',
  'handed-over',
  'withdrawn',
  'told',
  'filed',
  'released',
  'stopped',
  'confirmed',
];

const show = async (at: AtDesk, sale: Sale): Promise<DeskAnswer> => {
  const did = at.query.get('did');
  const notice = NOTICES.find((one) => one === did);
  return {
    html: salePage(
      saleView(at, sale, { notice, error: undefined, values: {}, standing: await standingView(at, sale) }),
    ),
  };
};

/** Undefined when there is no such sale. `form` only when it was pressed. */
export const sale = async (
  at: AtDesk,
  path: readonly string[],
  form: URLSearchParams | undefined,
): Promise<DeskAnswer | undefined> => {
  const found = await saleAt(at, path);
  if (found === undefined) return undefined;
  if (form === undefined) return show(at, found);
  const done = await press(at, found, form);
  if ('goTo' in done) return done;
  if ('notice' in done) return { goTo: addressOf(saleHref(found.id), { did: done.notice }) };
  const fresh = (await findSale(at.ports, found.id))?.sale ?? found;
  const values = Object.fromEntries(form);
  return {
    status: 400,
    html: salePage(
      saleView(at, fresh, {
        notice: undefined,
        error: done.error,
        values,
        standing: await standingView(at, fresh),
      }),
    ),
  };
};
