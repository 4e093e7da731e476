import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import aftercareConfig from '../../aftercare.config.ts';
import { ConfigurationMistake, checkConfiguration } from '../../functions/core/configuration.ts';
import { configurationInput } from '../fixtures/configuration.ts';
import { shopConfig } from '../fixtures/shop-config.ts';
import { mutated } from './kit/mutate-json.ts';
import { nastyValue } from './kit/nasty.ts';
import { runs, SEED } from './kit/runs.ts';

const asking = configurationInput({
  sources: {
    web: { kind: 'shopify', pull: { url: 'https://velowerk.myshopify.com' } },
    roastery: { kind: 'woocommerce', testOrders: 'accept', pull: { url: 'https://velowerk.example/shop' } },
  },
});
const GENUINE = [configurationInput(), asking, shopConfig, aftercareConfig];

/** What `npm start` would say: nothing when it is right. */
const complaint = (input: unknown): string | undefined => {
  try {
    checkConfiguration(input);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationMistake) return error.message;
    throw error;
  }
};

describe(`a configuration (seed ${SEED})`, () => {
  it('as it stands in this repository is right', () => {
    expect(GENUINE.map(complaint)).toEqual(GENUINE.map(() => undefined));
  });

  it('with anything in it is right, or says in a list what is not', () => {
    let wrong = 0;
    fc.assert(
      fc.property(mutated(...GENUINE), (input) => {
        const said = complaint(input);

        if (said === undefined) return;
        wrong += 1;
        const lines = said.split('\n');
        expect(lines[0]).toBe('aftercare.config.ts is not right yet:');
        expect(lines.at(-1)).toContain('docs/configuration.md');
        expect(lines.length).toBeGreaterThan(2);
        expect(said).not.toMatch(/\[object Object\]|undefined is not|TypeError|at .*\.ts:\d+/);
      }),
      runs(250),
    );
    expect(wrong).toBeGreaterThan(50);
  });

  it('that is something else altogether is told so', () => {
    fc.assert(
      fc.property(nastyValue, (input) => {
        expect(complaint(input)).toContain('aftercare.config.ts is not right yet');
      }),
      runs(60),
    );
  });

  it('that is right stays right and the same when it is checked again', () => {
    fc.assert(
      fc.property(mutated(...GENUINE), (input) => {
        fc.pre(complaint(input) === undefined);
        const checked = checkConfiguration(input);

        expect(JSON.parse(JSON.stringify(checkConfiguration(input)))).toEqual(
          JSON.parse(JSON.stringify(checked)),
        );
      }),
      runs(30),
    );
  });
});
