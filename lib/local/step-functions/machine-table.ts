/** State machines, the revisions of their definitions, versions and aliases. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type Machine, parseDefinition } from './definition.ts';

export const Definition = z.object({
  id: z.number(),
  machine: z.string(),
  body: z.string(),
  roleArn: z.string(),
  createdAt: z.number(),
});
export type Definition = z.output<typeof Definition>;

export const MachineRow = z.object({
  name: z.string(),
  definition: z.number(),
  /** JSON: what Describe gives back as it was given. */
  settings: z.string(),
  createdAt: z.number(),
});
export type MachineRow = z.output<typeof MachineRow>;

export const Version = z.object({
  machine: z.string(),
  version: z.number(),
  definition: z.number(),
  description: z.string().nullable(),
  createdAt: z.number(),
});
export type Version = z.output<typeof Version>;

export const Alias = z.object({
  machine: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  /** JSON: the routing configuration as it was given. */
  routing: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Alias = z.output<typeof Alias>;

export type MachineTable = ReturnType<typeof createMachineTable>;

export const createMachineTable = (db: DatabaseSync) => {
  const machines = db.prepare('SELECT * FROM sfn_machine ORDER BY name');
  const machine = db.prepare('SELECT * FROM sfn_machine WHERE name = ?');
  const putMachine = db.prepare(
    `INSERT INTO sfn_machine (name, definition, settings, createdAt) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, settings = excluded.settings`,
  );
  const definition = db.prepare('SELECT * FROM sfn_definition WHERE id = ?');
  const putDefinition = db.prepare(
    'INSERT INTO sfn_definition (machine, body, roleArn, createdAt) VALUES (?, ?, ?, ?) RETURNING id',
  );
  const version = db.prepare('SELECT * FROM sfn_version WHERE machine = ? AND version = ?');
  const versions = db.prepare('SELECT * FROM sfn_version WHERE machine = ? ORDER BY version DESC');
  const versionOf = db.prepare(
    'SELECT max(version) AS version FROM sfn_version WHERE machine = ? AND definition = ?',
  );
  const putVersion = db.prepare(
    'INSERT INTO sfn_version (machine, version, definition, description, createdAt) VALUES (?, ?, ?, ?, ?)',
  );
  const alias = db.prepare('SELECT * FROM sfn_alias WHERE machine = ? AND name = ?');
  const putAlias = db.prepare(
    `INSERT INTO sfn_alias (machine, name, description, routing, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (machine, name) DO UPDATE SET description = excluded.description, routing = excluded.routing,
        updatedAt = excluded.updatedAt`,
  );
  const putTag = db.prepare('INSERT OR REPLACE INTO sfn_tag (arn, key, value) VALUES (?, ?, ?)');
  const tags = db.prepare('SELECT key, value FROM sfn_tag WHERE arn = ? ORDER BY key');
  const rows = new Map<string, MachineRow>();
  const compiled = new Map<number, { definition: Definition; machine: Machine }>();

  const versionsOf = (name: string): Version[] => versions.all(name).map((row) => Version.parse(row));

  const revision = (id: number) => {
    const known = compiled.get(id);
    if (known !== undefined) return known;
    const row = Definition.parse(definition.get(id));
    const read = { definition: row, machine: parseDefinition(row.body) };
    compiled.set(id, read);
    return read;
  };

  return {
    all: (): MachineRow[] => machines.all().map((row) => MachineRow.parse(row)),
    get: (name: string): MachineRow | undefined => {
      const known = rows.get(name);
      if (known !== undefined) return known;
      const row = MachineRow.optional().parse(machine.get(name));
      // What a transaction has written may yet be undone.
      if (row !== undefined && !db.isTransaction) rows.set(name, row);
      return row;
    },
    put: (row: MachineRow) => {
      rows.delete(row.name);
      putMachine.run(row.name, row.definition, row.settings, row.createdAt);
    },
    /** Read once and kept: executions of old revisions may run for weeks. */
    revision,
    addDefinition: (row: Omit<Definition, 'id'>): number =>
      Number(putDefinition.get(row.machine, row.body, row.roleArn, row.createdAt)?.['id']),
    version: (name: string, number: number): Version | undefined =>
      Version.optional().parse(version.get(name, number)),
    versions: versionsOf,
    /** The version that a revision was published as. */
    versionOf: (name: string, definition: number): number | undefined =>
      z.number().optional().catch(undefined).parse(versionOf.get(name, definition)?.['version']),
    /** What the newest version already holds is not published again: that version is the answer, as on AWS. */
    publish: (wanted: Omit<Version, 'version'>): Version => {
      const newest = versionsOf(wanted.machine)[0];
      if (newest?.definition === wanted.definition) return newest;
      const row = { ...wanted, version: (newest?.version ?? 0) + 1 };
      putVersion.run(row.machine, row.version, row.definition, row.description, row.createdAt);
      return row;
    },
    alias: (name: string, aliasName: string): Alias | undefined =>
      Alias.optional().parse(alias.get(name, aliasName)),
    putTag: (arn: string, key: string, value: string) => {
      putTag.run(arn, key, value);
    },
    tags: (arn: string) =>
      tags.all(arn).map((row) => ({ key: String(row['key']), value: String(row['value']) })),
    putAlias: (row: Alias) => {
      putAlias.run(row.machine, row.name, row.description, row.routing, row.createdAt, row.updatedAt);
    },
  };
};
