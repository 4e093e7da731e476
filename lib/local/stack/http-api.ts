import * as z from 'zod';
import type { ResourceReader } from './properties.ts';

const Api = z.object({
  ProtocolType: z.literal('HTTP', 'only HTTP APIs are played, not WebSocket ones').default('HTTP'),
  Body: z.undefined('define the routes in CDK, not in an OpenAPI document').optional(),
  CorsConfiguration: z.undefined('CORS settings are not played').optional(),
});
const Stage = z.object({
  StageName: z.literal('$default', 'only the $default stage is played'),
});
const Route = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal('NONE', 'authorizers are not played').default('NONE'),
});
const Integration = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'only Lambda functions can answer a route here'),
  IntegrationUri: z.string(),
  IntegrationSubtype: z.undefined('only Lambda functions can answer a route here').optional(),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 is played'),
  TimeoutInMillis: z.number().default(30_000),
  RequestParameters: z.undefined('parameter mapping is not played').optional(),
  ResponseParameters: z.undefined('parameter mapping is not played').optional(),
});

export type HttpRoute = {
  /** `GET /r/{token}`, `ANY /a/{rest+}` or `$default`. */
  readonly key: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
};

export type HttpApi = { readonly id: string; readonly routes: readonly HttpRoute[] };

/** An integration names a function plainly or inside an API Gateway URI. */
const functionArnIn = (uri: string) => /functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri;

const readRoute = (reader: ResourceReader, logicalId: string): HttpRoute => {
  const route = reader.read(logicalId, Route);
  const integrationId = reader
    .idsOf('AWS::ApiGatewayV2::Integration')
    .find((id) => route.Target === `integrations/${reader.names.name(id)}`);
  if (integrationId === undefined)
    return reader.refuse(logicalId, `its target ${route.Target} is not in the template.`);
  const integration = reader.read(integrationId, Integration);
  return {
    key: route.RouteKey,
    functionArn: functionArnIn(integration.IntegrationUri),
    timeoutMs: integration.TimeoutInMillis,
  };
};

export const readHttpApi = (reader: ResourceReader): HttpApi | undefined => {
  const [logicalId, second] = reader.idsOf('AWS::ApiGatewayV2::Api');
  if (logicalId === undefined) return undefined;
  if (second !== undefined) reader.refuse(second, 'one machine has one port, so it plays one HTTP API.');
  reader.read(logicalId, Api);
  for (const stage of reader.idsOf('AWS::ApiGatewayV2::Stage')) reader.read(stage, Stage);
  return {
    id: reader.names.name(logicalId),
    routes: reader.idsOf('AWS::ApiGatewayV2::Route').map((route) => readRoute(reader, route)),
  };
};
