import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ACKNOWLEDGED } from '../../lib/cloud/acknowledgements.ts';
import { readJson, synthesizedWithRules } from '../fixtures/synthesized.ts';

/** What cdk-nag reports of a synth. */
const Report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      conclusion: z.string(),
      violations: z.array(z.unknown()),
      suppressedViolations: z.array(
        z.object({
          acknowledgedId: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string() })),
        }),
      ),
    }),
  ),
});

describe('the rules of cdk-nag', () => {
  const { pluginReports } = readJson(Report, join(synthesizedWithRules().assembly, 'validation-report.json'));
  const suppressed = pluginReports.flatMap(({ suppressedViolations }) => suppressedViolations);

  it('find nothing that is not acknowledged', () => {
    const found = pluginReports.map(({ pluginName, conclusion, violations }) => [
      pluginName,
      conclusion,
      violations,
    ]);

    expect(found).toEqual(
      expect.arrayContaining([
        ['AwsSolutions', 'success', []],
        ['Serverless', 'success', []],
      ]),
    );
    expect(pluginReports.filter(({ conclusion }) => conclusion !== 'success')).toEqual([]);
  });

  it('are acknowledged only where they did find something', () => {
    expect([...new Set(suppressed.map(({ acknowledgedId }) => acknowledgedId))].sort()).toEqual(
      ACKNOWLEDGED.map(({ id }) => id).sort(),
    );
  });

  it('have few exceptions', () => {
    expect(ACKNOWLEDGED.length).toBeLessThanOrEqual(15);
  });

  it.each(ACKNOWLEDGED)('have a reason to except $id', ({ reason }) => {
    expect(reason.split(/\s+/).length).toBeGreaterThanOrEqual(10);
  });

  it('are excepted for six wildcards only: the mail account that the guard of a deployment looks at, the log delivery of the machines, the alarms that deploys look at, the mail quota that the watch looks at, the executions the sweeper looks at, and the mails in their bucket', () => {
    const wildcards = suppressed.filter(({ acknowledgedId }) => acknowledgedId.includes('IAM5'));

    expect(
      wildcards.flatMap((it) => it.violatingConstructs.map(({ constructPath }) => constructPath)).sort(),
    ).toEqual([
      'Aftercare/FollowUp/Machine/Default/Role/DefaultPolicy/Resource',
      'Aftercare/Functions/ForgetPersonRole/DefaultPolicy/Resource',
      'Aftercare/Functions/ReadMailRole/DefaultPolicy/Resource',
      'Aftercare/Functions/ReceiveMailRole/DefaultPolicy/Resource',
      'Aftercare/Functions/SweepRole/DefaultPolicy/Resource',
      'Aftercare/Functions/WatchRole/DefaultPolicy/Resource',
      'Aftercare/Operations/Deploys/Role/DefaultPolicy/Resource',
      'Aftercare/Promise/Machine/Default/Role/DefaultPolicy/Resource',
      'Aftercare/SenderGuard/Role/DefaultPolicy/Resource',
    ]);
  });
});
