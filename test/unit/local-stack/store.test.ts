import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../../lib/local/store.ts';

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-store-'));
  store = openStore(join(folder, 'store.db'));
  store.db.exec('CREATE TABLE word (text TEXT PRIMARY KEY) STRICT');
});

afterEach(() => {
  if (store.db.isOpen) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (text: string) =>
  store.write((db) => {
    db.prepare('INSERT INTO word (text) VALUES (?)').run(text);
    return text;
  });

const words = (from = store) => from.db.prepare('SELECT text FROM word ORDER BY rowid').all();

const wordsOf = (...texts: string[]) => texts.map((text) => ({ text }));

describe('a group commit', () => {
  it('keeps what was written together, in its order', async () => {
    const answers = await Promise.all([add('one'), add('two'), add('three')]);

    expect(answers).toEqual(['one', 'two', 'three']);
    expect(words()).toEqual(wordsOf('one', 'two', 'three'));
  });

  it('leaves out a change that throws, and nothing else', async () => {
    const failing = store.write((db) => {
      db.prepare("INSERT INTO word (text) VALUES ('half')").run();
      throw new Error('no');
    });

    const outcomes = await Promise.allSettled([add('before'), failing, add('after'), add('before')]);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: new Error('no') });
    expect(words()).toEqual(wordsOf('before', 'after'));
  });

  it('gives every change the answer of the run that was kept', async () => {
    const count = () =>
      store.write((db) => {
        db.prepare('INSERT INTO word (text) SELECT count(*) FROM word').run();
        return words().length;
      });

    const outcomes = await Promise.allSettled([count(), count(), add('0')]);

    expect(outcomes[0]).toMatchObject({ value: 1 });
    expect(outcomes[1]).toMatchObject({ value: 2 });
    expect(outcomes[2]).toMatchObject({ status: 'rejected' });
  });

  it('goes on after one that failed whole', async () => {
    await expect(add('one').then(() => add('one'))).rejects.toThrow('UNIQUE');

    await add('two');

    expect(words()).toEqual(wordsOf('one', 'two'));
  });

  it('leaves other files alone when its store is closed a second time', () => {
    store.close();
    const other = openSync(join(folder, 'another file'), 'w');

    expect(() => store.close()).toThrow('not open');
    expect(() => closeSync(other)).not.toThrow();
  });

  it('is committed before the store closes', async () => {
    const added = add('last');

    store.close();

    await added;
    const again = openStore(join(folder, 'store.db'));
    expect(words(again)).toEqual(wordsOf('last'));
    again.close();
  });
});
