/** Stops a deployment whose mails nobody would get: the sender is not verified, or the account is in the sandbox. */
import { CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Bundles } from './bundle.ts';
import { FUNCTION_TIMEOUT } from './function-timeout.ts';

/** docs/local.md knows this name: one machine has no mail service to ask. */
const RESOURCE_TYPE = 'Custom::AftercareSenderGuard';

type Props = { bundles: Bundles; mailFrom: string; mayBeInSandbox: boolean };

export class SenderGuard extends Construct {
  constructor(scope: Construct, id: string, { bundles, mailFrom, mayBeInSandbox }: Props) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const statement of this.#mayAsk(logGroup, mailFrom)) role.addToPolicy(statement);
    const guard = new LambdaFunction(this, 'Function', {
      code: Code.fromAsset(bundles.folderOf('check-sender')),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: FUNCTION_TIMEOUT,
      logGroup,
      role,
      description: 'Aftercare: functions/check-sender',
    });
    new CustomResource(this, 'Check', {
      resourceType: RESOURCE_TYPE,
      serviceToken: guard.functionArn,
      serviceTimeout: FUNCTION_TIMEOUT,
      /* The hash makes every deployment that changes anything in the code ask again. */
      properties: { mailFrom, mayBeInSandbox: mayBeInSandbox ? 'yes' : 'no', release: bundles.print },
    });
  }

  #mayAsk(logGroup: LogGroup, mailFrom: string): PolicyStatement[] {
    const stack = Stack.of(this);
    const identity = (resourceName: string) =>
      stack.formatArn({ service: 'ses', resource: 'identity', resourceName });
    return [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
      /* The account itself is no resource that could be named. */
      new PolicyStatement({ actions: ['ses:GetAccount'], resources: ['*'] }),
      new PolicyStatement({
        actions: ['ses:GetEmailIdentity'],
        resources: [identity(mailFrom.slice(mailFrom.indexOf('@') + 1)), identity(mailFrom)],
      }),
      new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stack.stackId] }),
    ];
  }
}
