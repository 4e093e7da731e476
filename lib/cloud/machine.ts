/** A Standard state machine behind a version and an alias, named by hand: replacing one would end every waiting sale. */
import { createHash } from 'node:crypto';
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachine,
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  type IChainable,
  LogLevel,
  QueryLanguage,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export const ALIAS = 'live';

/** Known before the machine exists: its functions start executions, and it calls its functions. */
export const machineArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

export const aliasArn = (scope: Construct, name: string): string => `${machineArn(scope, name)}:${ALIAS}`;

type Props = { name: string; start: IChainable };

export class Machine extends Construct {
  readonly stateMachine: StateMachine;
  /**
   * Not a reference to the machine: in a deploy it waits for the aliases of its functions, and these for the alarms that
   * may take them back, so an alarm that waited for the machine would be a circle.
   */
  readonly arn: string;
  /** What new executions run. */
  readonly live: { readonly alias: CfnStateMachineAlias; readonly versionArn: string };

  constructor(scope: Construct, id: string, { name, start }: Props) {
    super(scope, id);
    this.arn = machineArn(this, name);
    const logs = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, 'Default', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      queryLanguage: QueryLanguage.JSONATA,
      definitionBody: DefinitionBody.fromChainable(start),
      /* Failures only, and never what was inside: history keeps ids, logs keep less. */
      logs: { destination: logs, level: LogLevel.ERROR, includeExecutionData: false },
      /* Kept for the sales that wait in it; but one left over from a failed first deploy would hold its name. */
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    /* For "Go on in the newest version". By name: a reference to itself would be a circle. AWS looks at the unqualified ARN. */
    this.stateMachine.addToRolePolicy(
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [machineArn(this, name)] }),
    );
    this.live = this.publish();
  }

  /** Every revision that ever ran stays: executions under way keep theirs, and an alias can go back to it. */
  private publish(): Machine['live'] {
    const { stateMachine } = this;
    const resource = stateMachine.node.defaultChild;
    if (!(resource instanceof CfnStateMachine))
      throw new Error('A state machine has no CloudFormation resource');
    const definition: unknown = Stack.of(this).resolve(resource.definitionString);
    const revision = createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 8);
    const version = new CfnStateMachineVersion(this, `Version${revision}`, {
      stateMachineArn: stateMachine.stateMachineArn,
      stateMachineRevisionId: stateMachine.stateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const alias = new CfnStateMachineAlias(this, 'Live', {
      name: ALIAS,
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
    return { alias, versionArn: version.attrArn };
  }
}
