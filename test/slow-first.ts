/** Starts the files that take long before those that take a moment, so that no worker ends long after the other. */
import { relative, sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Slowest first; within a folder, and in all others after these, as Vitest would. */
const SLOW = ['simulation', 'browser', 'e2e', 'mutations', 'fuzz', 'infra'];

const folderOf = (file: string): string => relative(import.meta.dirname, file).split(sep)[0] ?? '';

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = SLOW.indexOf(folderOf(moduleId));
  return rank === -1 ? SLOW.length : rank;
};

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rankOf(one) - rankOf(other));
  }
}
