/** What a role may do with the mail service and with the machines, each as one statement that names its resources. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { aliasArn, machineArn } from './machine.ts';

/** Only in the shop's own name, and only with the configuration sets that hear what becomes of it. */
export const sendMailFrom = (
  stack: Stack,
  mailFrom: string,
  configurationSets: readonly string[],
): PolicyStatement => {
  const ses = (resource: string, resourceName: string) =>
    stack.formatArn({ service: 'ses', resource, resourceName });
  return new PolicyStatement({
    actions: ['ses:SendRawEmail'],
    resources: [
      ses('identity', mailFrom.slice(mailFrom.indexOf('@') + 1)),
      ses('identity', mailFrom),
      ...configurationSets.map((name) => ses('configuration-set', name)),
    ],
    conditions: { StringEquals: { 'ses:FromAddress': mailFrom } },
  });
};

/** Of the account in this region: these calls name no resource. */
export const lookAtMailAccount = (): PolicyStatement =>
  new PolicyStatement({
    actions: ['ses:GetSendQuota', 'ses:GetAccountSendingEnabled'],
    resources: ['*'],
  });

export const tellMachines = (scope: Construct, machines: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
    resources: machines.map((machine) => machineArn(scope, machine)),
  });

/** Of one machine; the names of its executions are only known at run time. */
export const lookAtExecutions = (scope: Construct, machine: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['states:DescribeExecution'],
    resources: [
      Stack.of(scope).formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${machine}:*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  });

export const startMachine = (scope: Construct, machine: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['states:StartExecution'],
    resources: [machineArn(scope, machine), aliasArn(scope, machine)],
  });
