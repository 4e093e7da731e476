/** Our bill reckoned as the others' bills were: the usual mix with their mails, and once also with their Lambda. */
import { billOf, total } from './bill.ts';
import { LAMBDA, LAMBDA_OF_OTHERS, type LambdaCall, MAILS_OF_OTHERS, USUAL_MIX } from './prices.ts';
import { mixed, type Path, type Units } from './units.ts';

const MILLION = 1_000_000;

export type Compared = {
  /** Dollars for a million sales of the usual mix. */
  asSent: number;
  withTheirMails: number;
  withTheirMailsAndLambda: number;
};

const withTheirMails = (units: Units, path: Path): Units => ({ ...units, mails: MAILS_OF_OTHERS[path] });

/** `units`: of paths played as far as the others' go. */
export const compare = (units: Readonly<Record<Path, Units>>): Compared => {
  const theirs = {
    happy: withTheirMails(units.happy, 'happy'),
    reminded: withTheirMails(units.reminded, 'reminded'),
    silent: withTheirMails(units.silent, 'silent'),
    unhappy: withTheirMails(units.unhappy, 'unhappy'),
  };
  const sum = (of: Readonly<Record<Path, Units>>, lambda: LambdaCall) =>
    total(billOf(mixed(of, USUAL_MIX), MILLION, lambda));
  return {
    asSent: sum(units, LAMBDA),
    withTheirMails: sum(theirs, LAMBDA),
    withTheirMailsAndLambda: sum(theirs, LAMBDA_OF_OTHERS),
  };
};
