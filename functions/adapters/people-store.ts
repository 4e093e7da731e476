/**
 * How we stand with people; in the sales table under the digest of their address, one item for each person. Changes are
 * read, made and written back against a version, so that two writers at once both count.
 */
import { Busy } from '../core/errors.ts';
import { forgotten, release, Standing, suppress, UNKNOWN, withTouch } from '../core/person/standing.ts';
import type { PeopleStore } from './ports.ts';
import type { Table } from './table.ts';

const keyOf = (person: string) => ({ sale: `person#${person}`, item: 'standing' });

const MOST_TRIES = 20;

export const createPeopleStore = (table: Table): PeopleStore => {
  const of = async (person: string): Promise<Standing> => {
    const found = await table.get(keyOf(person));
    return found === undefined ? UNKNOWN : Standing.parse(found['data']);
  };

  const write = (person: string, next: Standing, seen: Standing): Promise<boolean> =>
    table.putIf(
      { ...keyOf(person), data: { ...next, version: seen.version + 1 }, version: seen.version + 1 },
      {
        expression: 'attribute_not_exists(#version) OR #version = :seen',
        names: { '#version': 'version' },
        values: { ':seen': seen.version },
      },
    );

  const change = async (person: string, make: (standing: Standing) => Standing): Promise<void> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const seen = await of(person);
      if (await write(person, make(seen), seen)) return;
    }
    throw new Busy('The standing of a person changed too often at once');
  };

  return {
    of,
    suppress: (person, classes, suppression) =>
      change(person, (standing) => suppress(standing, classes, suppression)),
    release: (person, given) => change(person, (standing) => release(standing, given)),
    touch: (person, touch, seen) => write(person, withTouch(seen, touch), seen),
    reviewed: (person, at) => change(person, (standing) => ({ ...standing, reviewedAt: at })),
    forget: (person) => change(person, forgotten),
  };
};
