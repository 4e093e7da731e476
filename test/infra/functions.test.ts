import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Configuration } from '../../functions/core/configuration.ts';
import { functionNames } from '../../lib/cloud/bundle.ts';
import { PARTS, partFile } from '../../lib/cloud/bundling/parts.ts';
import { readJson, synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const LambdaFunction = z.object({
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Timeout: z.number(),
  LoggingConfig: z.object({ LogGroup: z.string(), LogFormat: z.string(), SystemLogLevel: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});
const Alias = z.object({ FunctionName: z.string(), FunctionVersion: z.string(), Name: z.string() });

const { bundles, template: raw } = synthesized();
const template = readTemplate(raw);
const functions = template
  .of('AWS::Lambda::Function')
  /* The guard of deployments is no part of what runs. */
  .filter(([id]) => id.startsWith('Functions'))
  .map(([id, { Properties }]) => ({
    name: template.nameOf(id),
    fn: template.read(LambdaFunction, Properties),
  }));
describe('the functions', () => {
  it('are the folders that have an index.ts, and the guard of the deployment', () => {
    expect([...functions.map(({ name }) => name), 'check-sender'].sort()).toEqual(functionNames());
  });

  it.each(functions)('$name runs on Node 24 and arm64', ({ fn }) => {
    expect([fn.Runtime, fn.Architectures]).toEqual(['nodejs24.x', ['arm64']]);
  });

  it.each(functions)('$name has a log of its own lines, without those of Lambda for each call', ({ fn }) => {
    expect(fn.LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
  });

  it.each(functions)('$name logs into a group of its own, for a month', ({ fn }) => {
    const groups = template
      .of('AWS::Logs::LogGroup')
      .filter(([id]) => `<${template.nameOf(id)}>` === fn.LoggingConfig.LogGroup);

    expect(groups.map(([, { Properties }]) => Properties['RetentionInDays'])).toEqual([30]);
    expect(
      functions.filter((other) => other.fn.LoggingConfig.LogGroup === fn.LoggingConfig.LogGroup),
    ).toHaveLength(1);
  });

  it.each(functions)('$name is published as a version behind the alias `live`', ({ name }) => {
    const aliases = template
      .of('AWS::Lambda::Alias')
      .map(([, { Properties }]) => template.read(Alias, Properties))
      .filter(({ FunctionName }) => FunctionName === `<${name}>`);

    expect(aliases.map(({ Name }) => Name)).toEqual(['live']);
    expect(aliases[0]?.FunctionVersion).toContain('CurrentVersion');
  });

  it('are called by their alias, whoever calls', () => {
    const callers = [
      'AWS::ApiGatewayV2::Integration',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Permission',
      'AWS::StepFunctions::StateMachine',
    ].flatMap((type) =>
      template.of(type).map(([, { Properties }]) => JSON.stringify(template.plain(Properties))),
    );
    const names = functions.map(({ name }) => name).join('|');
    const calls = callers.flatMap(
      (text) => text.match(new RegExp(`<(${names})(:\\w+)?>(:\\w+)?`, 'g')) ?? [],
    );

    expect(calls.length).toBeGreaterThan(functions.length);
    expect(calls.filter((call) => !call.includes(':live'))).toEqual([]);
  });

  it.each(functions)('$name is told names and addresses, no secrets', ({ fn }) => {
    const told = Object.entries(fn.Environment.Variables).map(([name, value]) => `${name} ${value}`);

    expect(told.filter((line) => /password|whsec|-----BEGIN|AKIA/i.test(line))).toEqual([]);
    expect(fn.Environment.Variables['SECRETS_ID'] ?? '<IntakeWebhookSecrets>').toBe('<IntakeWebhookSecrets>');
  });
});

describe('the bundles', () => {
  it.each(functions)(
    '$name holds its code, packages it loads late, the policy and perhaps the words, and nothing else',
    ({ name }) => {
      const files = readdirSync(join(bundles, name));

      const known = ['config.json', 'content', 'index.js', ...PARTS.map(partFile)];

      expect(files.filter((file) => !known.includes(file))).toEqual([]);
      expect(files).toEqual(expect.arrayContaining(['config.json', 'index.js']));
    },
  );

  it.each(functions)('$name brings nothing of the CDK along', ({ name }) => {
    expect(readFileSync(join(bundles, name, 'index.js'), 'utf8')).not.toMatch(
      /aws-cdk|@aws-cdk|constructs\/lib/,
    );
  });

  it.each(functions)('$name carries the checked policy, in which no secret has a place', ({ name }) => {
    const policy = readJson(Configuration, join(bundles, name, 'config.json'));

    expect(Object.keys(policy.sources['standard'] ?? {}).sort()).toEqual(['kind', 'testOrders']);
    expect(JSON.stringify(policy)).not.toMatch(/secret|password|whsec/i);
  });

  it.each(functions)('$name has words exactly when it speaks to people', ({ name }) => {
    const isSpeaking = /"pages"|"messages"/.test(readFileSync(join(bundles, name, 'index.js'), 'utf8'));

    expect(readdirSync(join(bundles, name)).includes('content')).toBe(isSpeaking);
  });
});
