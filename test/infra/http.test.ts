import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const template = readTemplate(synthesized().template);
const readAll = <S extends z.ZodType>(type: string, schema: S) =>
  template.of(type).map(([id, { Properties }]) => ({
    id,
    ...z.object({ it: schema }).parse({ it: template.plain(Properties) }),
  }));

const Route = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.string().default('NONE'),
});
const Integration = z.object({ IntegrationUri: z.string(), PayloadFormatVersion: z.literal('2.0') });
const Permission = z.object({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string(),
});
const Stage = z.object({
  StageName: z.literal('$default'),
  AccessLogSettings: z.object({ Format: z.string(), DestinationArn: z.string() }),
  DefaultRouteSettings: z.object({ ThrottlingBurstLimit: z.number(), ThrottlingRateLimit: z.number() }),
});

const integrations = new Map(
  readAll('AWS::ApiGatewayV2::Integration', Integration).map(({ id, it }) => [template.nameOf(id), it]),
);
const routes = readAll('AWS::ApiGatewayV2::Route', Route).map(({ it }) => ({
  key: it.RouteKey,
  calls: integrations.get(/<(.*)>/.exec(it.Target)?.[1] ?? '')?.IntegrationUri ?? '?',
}));

const page = (path: string, calls: string) =>
  ['GET', 'HEAD', 'POST'].map((method) => ({ key: `${method} ${path}`, calls }));

const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key);

describe('the public address', () => {
  it('takes webhooks by POST and shows pages by GET and HEAD, each by the alias of its function', () => {
    expect([...routes].sort(byKey)).toEqual(
      [
        { key: 'POST /webhooks/{source}', calls: '<receive-webhook:live>' },
        { key: 'POST /promises', calls: '<receive-promise:live>' },
        ...page('/r/{token}', '<receive-reply:live>'),
        ...page('/s/{token}', '<receive-verdict:live>'),
        ...page('/p/{token}', '<act-on-promise:live>'),
        ...page('/u/{token}', '<stop-asking:live>'),
        ...page('/desk', '<staff-desk:live>'),
        ...page('/desk/{page+}', '<staff-desk:live>'),
        /* Mails are looked at, and nothing is pressed there. */
        ...page('/desk/mails/{key+}', '<read-mail:live>').filter(({ key }) => !key.startsWith('POST')),
      ].sort(byKey),
    );
  });

  it('may invoke those aliases, each for its own path only', () => {
    const permissions = readAll('AWS::Lambda::Permission', Permission)
      .map(({ it }) => it)
      /* The schedule's own permission: sweeper.test.ts. */
      .filter(({ Principal }) => Principal !== 'events.amazonaws.com');
    const allowed = permissions.map(
      ({ FunctionName, SourceArn }) => `${FunctionName} ${SourceArn.replace(/^.*\*\/\*/, '')}`,
    );

    expect(new Set(permissions.map(({ Principal }) => Principal))).toEqual(
      new Set(['apigateway.amazonaws.com']),
    );
    expect(new Set(allowed)).toEqual(
      new Set(routes.map(({ key, calls }) => `${calls} ${key.replace(/^\S+ /, '')}`)),
    );
  });

  const [stage] = readAll('AWS::ApiGatewayV2::Stage', Stage);

  it('logs the route, never the path: a path holds a token', () => {
    const format = stage?.it.AccessLogSettings.Format ?? '';
    const logged = format.match(/\$context\.[\w.]+/g);

    expect(logged).toContain('$context.routeKey');
    expect(
      logged?.filter((variable) =>
        /path|protocol|sourceIp|userAgent|header|querystring|authorizer|identity/i.test(variable),
      ),
    ).toEqual([]);
    expect(JSON.parse(format)).toMatchObject({ status: '$context.status', request: '$context.requestId' });
  });

  it('keeps the access log for a month', () => {
    const [[, logs] = [undefined, undefined]] = template
      .of('AWS::Logs::LogGroup')
      .filter(([id]) => `<${template.nameOf(id)}>` === stage?.it.AccessLogSettings.DestinationArn);

    expect(logs?.Properties['RetentionInDays']).toBe(30);
  });

  it('is throttled', () => {
    expect(stage?.it.DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 2000, ThrottlingRateLimit: 1000 });
  });
});
