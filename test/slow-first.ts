/** Starts the files that take long before those that take a moment, so that no worker ends long after the others. */
import { join, relative, sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { readWeights, slowestFirst } from './weights.ts';

const ROOT = join(import.meta.dirname, '..');

/** As they stand in the list of weights: from the root, with slashes on every system. */
export const pathFromRoot = (moduleId: string): string => relative(ROOT, moduleId).replaceAll(sep, '/');

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return slowestFirst(await super.sort(files), ({ moduleId }) => pathFromRoot(moduleId), readWeights());
  }
}
