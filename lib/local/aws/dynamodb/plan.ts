/**
 * dynalite's Query and Scan say what is wrong with a request until they begin to read. That is as far as they get: what
 * there is to read is ours.
 */
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import type { Table } from './catalog.ts';
import type { PageRequest } from './requests.ts';

const ACTIONS = { Query: query, Scan: scan };

/** Thrown where dynalite would begin to read. */
const NOTHING_WRONG = Symbol('nothing is wrong');

const unread = {
  createValueStream: () => {
    throw NOTHING_WRONG;
  },
};

/** @throws what `toAwsError` understands. */
export const checkPage = (kind: keyof typeof ACTIONS, table: Table, request: PageRequest): void => {
  const store = {
    getTable: (_name: string, callback: (error: null, table: unknown) => void) =>
      callback(null, table.definition),
    getItemDb: () => unread,
    getIndexDb: () => unread,
  };
  let refusal: unknown;
  try {
    ACTIONS[kind](store, request, (error) => {
      refusal = error;
    });
  } catch (reason) {
    if (reason === NOTHING_WRONG) return;
    throw reason;
  }
  throw refusal;
};
