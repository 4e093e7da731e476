/** CreateStateMachine and its family. */
import * as z from 'zod';
import type { Store } from '../../store.ts';
import type { Timekeeper } from '../../time.ts';
import type { Arns } from '../arn.ts';
import { parseDefinition } from '../definition.ts';
import { AwsError } from '../errors.ts';
import type { MachineRefs } from '../machine-refs.ts';
import type { MachineRow, MachineTable } from '../machine-table.ts';
import {
  type Actions,
  Arn,
  action,
  checkName,
  Name,
  Page,
  pageToken,
  readPageToken,
  seconds,
} from './action.ts';

export type MachinePorts = {
  store: Store;
  time: Timekeeper;
  arns: Arns;
  machines: MachineTable;
  refs: MachineRefs;
};

const Definition = z.string().min(1).max(1_048_576);
const Settings = z.object({
  loggingConfiguration: z.unknown().optional(),
  tracingConfiguration: z.unknown().optional(),
  encryptionConfiguration: z.unknown().optional(),
});
const Publishing = {
  publish: z.boolean().default(false),
  versionDescription: z.string().max(256).optional(),
};

const CreateInput = Settings.extend({
  ...Publishing,
  name: Name,
  definition: Definition,
  roleArn: Arn,
  type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});

const UpdateInput = Settings.extend({
  ...Publishing,
  stateMachineArn: Arn,
  definition: Definition.optional(),
  roleArn: Arn.optional(),
});

const DescribeInput = z.object({ stateMachineArn: Arn });
const ListInput = z.object(Page);

const settingsOf = (input: unknown): string => JSON.stringify(Settings.parse(input));
const revisionId = (definition: number): string => `revision-${definition}`;
const MOST_PER_PAGE = 100;

export const machineActions = ({ store, time, arns, machines, refs }: MachinePorts): Actions => {
  const published = (machine: string, definition: number, description: string | undefined) => {
    const wanted = { machine, definition, description: description ?? null, createdAt: time.now() };
    const { version } = machines.publish(wanted);
    return { stateMachineVersionArn: arns.machine(machine, version) };
  };

  const isSame = (row: MachineRow, input: z.output<typeof CreateInput>): boolean => {
    const { definition } = machines.revision(row.definition);
    return definition.body === input.definition && definition.roleArn === input.roleArn;
  };

  const create = (input: z.output<typeof CreateInput>) => {
    const name = checkName(input.name);
    if (input.type === 'EXPRESS') {
      throw new AwsError('StateMachineTypeNotSupported', "State Machine type 'EXPRESS' is not supported");
    }
    parseDefinition(input.definition);
    return store.write(() => {
      const existing = machines.get(name);
      const arn = arns.machine(name);
      if (existing !== undefined && !isSame(existing, input)) {
        throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const createdAt = existing?.createdAt ?? time.now();
      const body = { machine: name, body: input.definition, roleArn: input.roleArn, createdAt };
      const definition = existing?.definition ?? machines.addDefinition(body);
      if (existing === undefined) machines.put({ name, definition, settings: settingsOf(input), createdAt });
      for (const { key, value } of input.tags) machines.putTag(arn, key, value);
      const version = input.publish ? published(name, definition, input.versionDescription) : {};
      return { stateMachineArn: arn, creationDate: seconds(createdAt), ...version };
    });
  };

  const update = (input: z.output<typeof UpdateInput>) => {
    if (input.definition !== undefined) parseDefinition(input.definition);
    return store.write(() => {
      const row = refs.machine(input.stateMachineArn);
      const { definition: current } = machines.revision(row.definition);
      const body = input.definition ?? current.body;
      const roleArn = input.roleArn ?? current.roleArn;
      const isChanged = body !== current.body || roleArn !== current.roleArn;
      const now = time.now();
      const definition = isChanged
        ? machines.addDefinition({ machine: row.name, body, roleArn, createdAt: now })
        : row.definition;
      const settings = JSON.stringify({
        ...Settings.parse(JSON.parse(row.settings)),
        ...Settings.parse(input),
      });
      machines.put({ ...row, definition, settings });
      const version = input.publish ? published(row.name, definition, input.versionDescription) : {};
      return { updateDate: seconds(now), revisionId: revisionId(definition), ...version };
    });
  };

  const described = (row: MachineRow, revision: number) => {
    const { definition } = machines.revision(revision);
    return {
      name: row.name,
      definition: definition.body,
      roleArn: definition.roleArn,
      ...Settings.parse(JSON.parse(row.settings)),
      revisionId: revisionId(revision),
    };
  };

  const describe = ({ stateMachineArn }: z.output<typeof DescribeInput>) => {
    const row = refs.machine(stateMachineArn);
    const { definition } = refs.resolve(stateMachineArn);
    const fixed = {
      stateMachineArn,
      status: 'ACTIVE',
      type: 'STANDARD',
      creationDate: seconds(row.createdAt),
    };
    return { ...fixed, ...described(row, definition) };
  };

  const list = ({ maxResults, nextToken }: z.output<typeof ListInput>) => {
    const from = readPageToken(nextToken) ?? 0;
    const limit = Math.min(maxResults || MOST_PER_PAGE, MOST_PER_PAGE);
    const all = machines.all();
    const stateMachines = all.slice(from, from + limit).map((row) => ({
      stateMachineArn: arns.machine(row.name),
      name: row.name,
      type: 'STANDARD',
      creationDate: seconds(row.createdAt),
    }));
    return from + limit < all.length
      ? { stateMachines, nextToken: pageToken(from + limit) }
      : { stateMachines };
  };

  return {
    CreateStateMachine: action(CreateInput, create),
    UpdateStateMachine: action(UpdateInput, update),
    DescribeStateMachine: action(DescribeInput, describe),
    ListStateMachines: action(ListInput, list),
    ValidateStateMachineDefinition: action(z.object({ definition: Definition }), ({ definition }) => {
      try {
        parseDefinition(definition);
        return { result: 'OK', diagnostics: [], truncated: false };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const diagnostic = { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: error.message };
        return { result: 'FAIL', diagnostics: [diagnostic], truncated: false };
      }
    }),
  };
};
