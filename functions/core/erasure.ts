/** What is left of a journal when its person is forgotten: what happened and when, not who and in which words. */
import type { Entry } from './journal.ts';

export const anonymous = (entry: Entry): Entry => {
  switch (entry.type) {
    case 'cancelled': {
      const { reason: _, ...rest } = entry;
      return rest;
    }
    case 'stopped': {
      const { agent: _, ...rest } = entry;
      return rest;
    }
    case 'replied': {
      const { private: _, ...rest } = entry;
      return { ...rest, evidence: {} };
    }
    default: {
      if (!('private' in entry)) return entry;
      const { private: _, ...rest } = entry;
      return rest;
    }
  }
};
