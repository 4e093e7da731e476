/**
 * How a deploy arrives: a tenth of the calls and of the new executions get the new version first, the rest after five
 * minutes, and all of it goes back when an alarm goes off. Functions shift side by side, then the machines that call
 * them: about 15 minutes when both changed. Functions that did not change do not shift.
 *
 * Written with the resources themselves, because CDK's own group gives its role every function of the account.
 */
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDeploymentGroup, LambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Deployed } from '../functions.ts';
import type { Machine } from '../machine.ts';

/**
 * `slow`: as above. `at-once`: for the deploy that mends what an alarm tells of; a slow one would be refused, because
 * the alarm is on already.
 */
export type Pace = 'slow' | 'at-once';

const FIRST_PERCENT = 10;
const MINUTES = 5;
const CONFIGURATION: Record<Pace, string> = {
  slow: `CodeDeployDefault.LambdaCanary${FIRST_PERCENT}Percent${MINUTES}Minutes`,
  'at-once': 'CodeDeployDefault.LambdaAllAtOnce',
};
/** "A maximum of 10 alarms can be added" (AlarmConfiguration of a CodeDeploy deployment group). */
const MOST_ALARMS = 10;

type Props = {
  pace: Pace;
  functions: readonly Deployed[];
  machines: readonly Machine[];
  alarms: readonly Alarm[];
};

export class Deploys extends Construct {
  readonly #props: Props;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    this.#props = props;
    if (props.alarms.length > MOST_ALARMS) throw new Error(`CodeDeploy takes ${MOST_ALARMS} alarms at most`);
    const application = new LambdaApplication(this, 'Application');
    const role = this.#makeRole();
    for (const { name, alias } of props.functions) {
      const group = this.#makeGroup(name, application.applicationName, role);
      const resource = alias.node.defaultChild;
      if (!(resource instanceof CfnAlias)) throw new Error('An alias has no CloudFormation resource');
      resource.cfnOptions.updatePolicy = {
        codeDeployLambdaAliasUpdate: {
          applicationName: application.applicationName,
          deploymentGroupName: group.ref,
        },
      };
    }
    if (props.pace === 'slow') for (const machine of props.machines) this.#shiftSlowly(machine);
  }

  /** It moves these aliases and looks at alarms, nothing else. */
  #makeRole(): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: this.#props.functions.flatMap(({ fn, alias }) => [
          fn.functionArn,
          `${fn.functionArn}:${alias.aliasName}`,
        ]),
      }),
    );
    /* As AWS's own policy for this role has it: an alarm that cannot be looked at stops every deploy. */
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    return role;
  }

  #makeGroup(name: string, applicationName: string, role: Role): CfnDeploymentGroup {
    const { pace, alarms } = this.#props;
    const group = new CfnDeploymentGroup(this, name, {
      applicationName,
      serviceRoleArn: role.roleArn,
      deploymentConfigName: CONFIGURATION[pace],
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: {
        enabled: pace === 'slow',
        alarms: alarms.map(({ alarmName }) => ({ name: alarmName })),
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
    });
    /* A deployment needs the role's policy too, which is a resource of its own. */
    group.node.addDependency(role);
    return group;
  }

  #shiftSlowly({ live: { alias, versionArn } }: Machine): void {
    alias.routingConfiguration = undefined;
    alias.deploymentPreference = {
      type: 'CANARY',
      percentage: FIRST_PERCENT,
      interval: MINUTES,
      stateMachineVersionArn: versionArn,
      /* Names: an ARN would be an alarm that does not exist, and that counts as OK. */
      alarms: this.#props.alarms.map(({ alarmName }) => alarmName),
    };
  }
}
