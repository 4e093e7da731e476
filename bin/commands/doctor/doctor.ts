/** `aftercare doctor`: whether everything that Aftercare needs is there and well, and what to do where it is not. */
import type { Command } from 'commander';
import { ConfigurationMistake, checkConfiguration } from '../../../functions/core/configuration.ts';
import { columns, counted } from '../columns.ts';
import { CommandMistake, explainMistakes } from '../command-mistake.ts';
import { type Paint, type Screen, terminal } from '../screen.ts';
import { openTarget, type TargetFlags, targetOptions } from '../target.ts';
import { troubleOf } from '../target-trouble.ts';
import type { Check, Finding, Given, State } from './doctor-check.ts';
import { MAIL_CHECKS } from './doctor-mail.ts';
import { SHOP_CHECKS } from './doctor-shops.ts';
import { nowOf, WORK_CHECKS } from './doctor-work.ts';

type Flags = TargetFlags & { json?: boolean };

const CHECKS: readonly Check[] = [...SHOP_CHECKS, ...MAIL_CHECKS, ...WORK_CHECKS];

/** One that cannot be made says so, and keeps no other from being made. */
const made = async (given: Given, { name, look }: Check): Promise<Finding[]> => {
  try {
    return (await look(given)).map((finding) => ({ check: name, ...finding }));
  } catch (error) {
    const says = `This could not be checked. ${troubleOf(error)}`;
    return [{ check: name, state: 'unknown', says, todo: 'Mend that, or let somebody look who may.' }];
  }
};

const allMade = async (given: Given): Promise<Finding[]> => {
  const found: Finding[] = [];
  for (const check of CHECKS) found.push(...(await made(given, check)));
  return found;
};

/** Without a configuration nobody knows what to look for. */
const examined = async (config: unknown, flags: Flags): Promise<Finding[]> => {
  try {
    const checked = checkConfiguration(config);
    const target = await openTarget(flags);
    return await allMade({ config: checked, target, now: await nowOf(target) });
  } catch (error) {
    if (!(error instanceof ConfigurationMistake)) throw error;
    const todo = 'Mend it in aftercare.config.ts and call the doctor again: nothing else was checked.';
    return [{ check: 'configuration', state: 'bad', says: error.message, todo }];
  }
};

const PAINT = { ok: 'green', warn: 'yellow', bad: 'red', unknown: 'cyan' } as const satisfies Record<
  State,
  Paint
>;

const tell = (screen: Screen, found: readonly Finding[]): void => {
  const lines = columns(found.map(({ state, check, says }) => [state, check, says]));
  for (const [at, { state, todo }] of found.entries()) {
    const line = lines[at] ?? '';
    screen.print(`${screen.paint(PAINT[state], line.slice(0, state.length))}${line.slice(state.length)}`);
    if (todo !== undefined) screen.print(`         ${todo}`);
  }
  const count = (state: State) => found.filter((one) => one.state === state).length;
  const parts = [
    counted(count('bad'), 'thing is bad', 'things are bad'),
    counted(count('warn'), 'warning'),
    `${count('unknown')} not checked`,
    `${count('ok')} well`,
  ];
  screen.print(`\n${parts.join(', ')}`);
};

const HELP = `
ok: all is well. warn: it works, and somebody should look. bad: customers or staff do not get what they should.
unknown: it could not be checked, mostly for want of a permission. Nothing is changed, and no secret is shown.

Examples:
  aftercare doctor
  aftercare doctor --url http://localhost:9000
  aftercare doctor --aws --region eu-central-1
  aftercare doctor --aws --json

Exit codes: 0 nothing is bad, 1 something is bad or the stack cannot be reached, 2 the command cannot be understood.`;

/** `config`: what aftercare.config.ts exports. */
export const registerDoctor = (program: Command, config: unknown, screen: Screen = terminal): void => {
  const command = targetOptions(program.command('doctor'))
    .description('check everything that Aftercare needs: settings, secrets, mail, queues, workflows')
    .option('--json', 'for programs')
    .showHelpAfterError('(aftercare doctor --help explains it)')
    .addHelpText('after', HELP);
  command.action(
    explainMistakes(command, async (flags: Flags) => {
      const found = await examined(config, flags);
      if (flags.json === true) screen.print(JSON.stringify(found, null, 2));
      else tell(screen, found);
      if (found.some(({ state }) => state === 'bad'))
        throw new CommandMistake('Something is bad: what it told says what to do.', 1);
    }),
  );
};
