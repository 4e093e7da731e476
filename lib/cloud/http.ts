/** The public address: webhooks in, pages out. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRoute, CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
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

/** Shops send what they have, and send it again: the queue behind takes it. */
const WEBHOOKS: CfnStage.RouteSettingsProperty = { throttlingRateLimit: 1000, throttlingBurstLimit: 2000 };
/** Of each method of each page: a million sales a month are answered with less than one a second. As CloudFormation spells it. */
const PAGES = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 300 };

export class Http extends Construct {
  readonly api: HttpApi;
  readonly #stage: CfnStage;
  readonly #throttled: Record<string, typeof PAGES> = {};

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
    stage.defaultRouteSettings = WEBHOOKS;
    this.#stage = stage;
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
    const methods = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST];
    this.route(path, methods, target);
    this.#throttle(path, methods);
  }

  /** CloudFormation refuses settings of a route that is not there yet. */
  #throttle(path: string, methods: readonly HttpMethod[]): void {
    for (const method of methods) this.#throttled[`${method} ${path}`] = PAGES;
    this.#stage.routeSettings = this.#throttled;
    for (const route of this.node.findAll())
      if (route instanceof CfnRoute) this.#stage.addResourceDependency(route);
  }
}
