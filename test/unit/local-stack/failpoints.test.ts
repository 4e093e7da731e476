import { describe, expect, test } from 'vitest';
import { createFailpoints } from '../../../lib/local/failpoints.ts';
import { StartError } from '../../../lib/local/start-error.ts';

describe('a failpoint', () => {
  test.each(['mail-keptt', 'mail-kept:0', 'mail-kept:x', ':1'])(
    'that there is not stops the start and names those there are: %s',
    (wanted) => {
      const start = () => createFailpoints({ AFTERCARE_FAILPOINT: wanted });

      expect(start).toThrow(StartError);
      expect(start).toThrow(/committing, committed, .*mail-kept/);
    },
  );

  test('is passed without harm when another was asked for, or none', () => {
    for (const wanted of ['mail-kept', 'mail-kept:3', '', undefined]) {
      const reach = createFailpoints({ AFTERCARE_FAILPOINT: wanted });

      expect(() => reach('committed')).not.toThrow();
    }
  });
});
