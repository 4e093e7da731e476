import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { shopConfig } from '../../fixtures/shop-config.ts';
import { synthesized } from '../../fixtures/synthesized.ts';
import { alarms, dashboards, numberOf } from './played-stack.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const runbook = readFileSync(join(ROOT, 'docs', 'runbook.md'), 'utf8');

/** As GitHub and the console make anchors of headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s+/g, '-');

const withoutCode = runbook.replaceAll(/^```[\s\S]*?^```$/gm, '');
const anchors = new Set(
  [...withoutCode.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
);

/** The text under each heading. */
const sections = new Map(
  withoutCode.split(/^(?=#+ )/m).map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return [anchorOf(heading.replace(/^#+ /, '')), lines.join('\n')] as const;
  }),
);

const CALL = /npx aftercare ([a-z-]+)((?: +(?:--?[\w-]+|'[^']*'|<[^>]+>|[\w/.-]+))*)/g;

/** Every call of ours that it tells to make. */
const calls = [...runbook.matchAll(CALL)].map(([, name = '', rest = '']) => ({
  name,
  words: rest.trim().split(/ +/),
  flags: [...rest.replaceAll(/'[^']*'/g, '').matchAll(/--[\w-]+/g)].map(([flag]) => flag),
}));

/** Where the command line itself finds it, under this very name. */
const fileOf = (name: string): string => {
  const source = readFileSync(join(ROOT, 'bin', 'aftercare.ts'), 'utf8');
  const path = [
    ...source.matchAll(/^ {2}'?([\w-]+)'?: async \(\) => \(await import\('(\.\/commands\/[^']+)'\)\)/gm),
  ]
    .find(([, known]) => known === name)
    ?.at(2);
  if (path === undefined) throw new Error(`bin/aftercare.ts has no command ${name}`);
  return join(ROOT, 'bin', path);
};

const registered = async (name: string): Promise<Command> => {
  const program = new Command('aftercare');
  const loaded: Record<string, unknown> = await import(fileOf(name));
  for (const register of Object.values(loaded))
    if (typeof register === 'function' && register.name.startsWith('register')) register(program, shopConfig);
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) throw new Error(`${fileOf(name)} registers no command ${name}`);
  return command;
};

describe('the runbook', () => {
  it.each([...new Set(calls.map(({ name }) => name))])('calls aftercare %s as it is', async (name) => {
    const command = await registered(name);

    for (const { words, flags } of calls.filter((call) => call.name === name)) {
      const inner = command.commands.find((one) => one.name() === words[0]);
      const known = [...command.options, ...(inner?.options ?? [])].map(({ long }) => long);

      expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
      expect(command.commands.length === 0 || inner !== undefined).toBe(true);
    }
  });

  it.each(alarms.map((alarm) => [alarm.name, alarm] as const))('has a section about %s', (_, alarm) => {
    const [, anchor = ''] = alarm.description.split('#');
    const number = numberOf(alarm);

    expect(anchors).toContain(anchor);
    expect(sections.get(anchor)).toMatch(new RegExp(`^\\s*Alarm ${number}\\b`));
  });

  it('links to sections that there are', () => {
    const inside = [...runbook.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor);

    expect(inside.length).toBeGreaterThan(0);
    expect(inside.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });

  it('finds the parts it names by the beginning of their ids', () => {
    const { Resources } = synthesized().template;
    const parts = [...runbook.matchAll(/part (\w+) (AWS::[\w:]+)/g)].map(([, id = '', type = '']) => ({
      id,
      type,
    }));
    const logs = [...runbook.matchAll(/errors ([A-Z]\w+)/g)].map(([, name]) => ({
      id: `Functions${name}Logs`,
      type: 'AWS::Logs::LogGroup',
    }));

    expect(parts.length).toBeGreaterThan(3);
    expect(logs.length).toBeGreaterThan(3);
    for (const { id, type } of [...parts, ...logs]) {
      const found = Object.entries(Resources).filter(
        ([logicalId, { Type }]) => Type === type && logicalId.startsWith(id),
      );
      expect(found.length, `part ${id} ${type}`).toBe(1);
    }
  });

  it('names widgets as the dashboards do', () => {
    const named = [...runbook.matchAll(/"([A-Z][^"]+)"\s+on\s+the\s+machine's\s+dashboard/g)];
    const titles = dashboards.flatMap(({ widgets }) =>
      widgets.flatMap((widget) => ('title' in widget ? [widget.title] : [])),
    );

    expect(named.length).toBeGreaterThan(4);
    for (const [, name = ''] of named)
      expect(
        titles.some((title) => title.startsWith(name)),
        name,
      ).toBe(true);
  });
});
