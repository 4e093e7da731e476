/** Versions, aliases and tags. */
import * as z from 'zod';
import { AwsError } from '../errors.ts';
import { machineMissing, Routing } from '../machine-refs.ts';
import type { Alias } from '../machine-table.ts';
import { type Actions, Arn, action, checkName, Name, seconds } from './action.ts';
import type { MachinePorts } from './machines.ts';

const Description = z.string().max(256).optional();
const PublishInput = z.object({ stateMachineArn: Arn, description: Description });
const CreateAliasInput = z.object({ name: Name, description: Description, routingConfiguration: Routing });
const UpdateAliasInput = z.object({
  stateMachineAliasArn: Arn,
  description: Description,
  routingConfiguration: Routing.optional(),
});
const Tag = z.object({ key: z.string().min(1).max(128), value: z.string().max(256) });

export const versionActions = ({ store, time, arns, machines, refs }: MachinePorts): Actions => {
  const checkRouting = (routing: Routing): string => {
    const names = routing.map(({ stateMachineVersionArn }) => {
      const target = refs.resolve(stateMachineVersionArn);
      if (target.version === undefined || target.alias !== undefined)
        throw machineMissing(stateMachineVersionArn);
      return target.machine;
    });
    const total = routing.reduce((sum, { weight }) => sum + weight, 0);
    const machine = names[0];
    if (total !== 100 || machine === undefined || new Set(names).size > 1) {
      const message = 'routes must lead to versions of one state machine with weights that add up to 100';
      throw new AwsError('ValidationException', message);
    }
    return machine;
  };

  const findAlias = (arn: string): Alias => {
    const { machine, qualifier } = arns.readMachine(arn);
    const alias = qualifier === undefined ? undefined : machines.alias(machine, qualifier);
    if (alias === undefined) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    return alias;
  };

  const createAlias = ({ name, description, routingConfiguration }: z.output<typeof CreateAliasInput>) =>
    store.write(() => {
      const machine = checkRouting(routingConfiguration);
      const routing = JSON.stringify(routingConfiguration);
      const existing = machines.alias(machine, checkName(name));
      if (existing !== undefined && existing.routing !== routing) {
        throw new AwsError(
          'ConflictException',
          `The alias '${name}' of '${machine}' has another configuration`,
        );
      }
      const now = existing?.createdAt ?? time.now();
      const row = {
        machine,
        name,
        description: description ?? null,
        routing,
        createdAt: now,
        updatedAt: now,
      };
      if (existing === undefined) machines.putAlias(row);
      return { stateMachineAliasArn: arns.machine(machine, name), creationDate: seconds(now) };
    });

  const updateAlias = (input: z.output<typeof UpdateAliasInput>) =>
    store.write(() => {
      const alias = findAlias(input.stateMachineAliasArn);
      const { routingConfiguration } = input;
      if (routingConfiguration !== undefined) checkRouting(routingConfiguration);
      const routing =
        routingConfiguration === undefined ? alias.routing : JSON.stringify(routingConfiguration);
      const updatedAt = time.now();
      machines.putAlias({
        ...alias,
        routing,
        updatedAt,
        description: input.description ?? alias.description,
      });
      return { updateDate: seconds(updatedAt) };
    });

  const describeAlias = (arn: string) => {
    const alias = findAlias(arn);
    return {
      stateMachineAliasArn: arn,
      name: alias.name,
      ...(alias.description === null ? {} : { description: alias.description }),
      routingConfiguration: Routing.parse(JSON.parse(alias.routing)),
      creationDate: seconds(alias.createdAt),
      updateDate: seconds(alias.updatedAt),
    };
  };

  return {
    PublishStateMachineVersion: action(PublishInput, ({ stateMachineArn, description }) =>
      store.write(() => {
        const { name: machine, definition } = refs.machine(stateMachineArn);
        const wanted = { machine, definition, description: description ?? null, createdAt: time.now() };
        const { version, createdAt } = machines.publish(wanted);
        return { creationDate: seconds(createdAt), stateMachineVersionArn: arns.machine(machine, version) };
      }),
    ),
    ListStateMachineVersions: action(z.object({ stateMachineArn: Arn }), ({ stateMachineArn }) => ({
      stateMachineVersions: machines.versions(refs.machine(stateMachineArn).name).map((one) => ({
        stateMachineVersionArn: arns.machine(one.machine, one.version),
        creationDate: seconds(one.createdAt),
      })),
    })),
    CreateStateMachineAlias: action(CreateAliasInput, createAlias),
    UpdateStateMachineAlias: action(UpdateAliasInput, updateAlias),
    DescribeStateMachineAlias: action(z.object({ stateMachineAliasArn: Arn }), ({ stateMachineAliasArn }) =>
      describeAlias(stateMachineAliasArn),
    ),
    TagResource: action(z.object({ resourceArn: Arn, tags: z.array(Tag) }), ({ resourceArn, tags }) =>
      store.write(() => {
        for (const { key, value } of tags) machines.putTag(resourceArn, key, value);
        return {};
      }),
    ),
    ListTagsForResource: action(z.object({ resourceArn: Arn }), ({ resourceArn }) => ({
      tags: machines.tags(resourceArn),
    })),
  };
};
