/** The public address: webhooks in, pages out. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The route, never the path: a path holds a token. */
const ACCESS_LOG = JSON.stringify({
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  request: '$context.requestId',
  error: '$context.integrationErrorMessage',
});

export class Http extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { description: 'Aftercare: webhooks and pages' });
    const stage = this.api.defaultStage?.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('The HTTP API has no default stage');
    const logs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    stage.accessLogSettings = { destinationArn: logs.logGroupArn, format: ACCESS_LOG };
    stage.defaultRouteSettings = { throttlingBurstLimit: 2000, throttlingRateLimit: 1000 };
  }

  /** The public address without a slash at its end. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  route(path: string, methods: HttpMethod[], target: IFunction): void {
    this.api.addRoutes({
      path,
      methods,
      integration: new HttpLambdaIntegration(`${target.node.id}Integration`, target),
    });
  }

  /** GET and HEAD show, POST acts. */
  page(path: string, target: IFunction): void {
    this.route(path, [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST], target);
  }
}
