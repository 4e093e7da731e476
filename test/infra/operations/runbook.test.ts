import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alarms, numberOf } from './played-stack.ts';

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

describe('the runbook', () => {
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
    const source = readFileSync(join(ROOT, 'test', 'infra', 'snapshots', 'pinned.json'), 'utf8');
    const pinned = [...runbook.matchAll(/part (\w+) AWS::(DynamoDB::Table|KMS::Key|Lambda::Function)/g)];

    expect(pinned.length).toBeGreaterThan(0);
    for (const [, id] of pinned) expect(source).toMatch(new RegExp(`"${id}[0-9A-F]{8}"`));
  });
});
