/** The webhook secrets of this machine: `AFTERCARE_SECRET_<SOURCE>`, else the sample secret of the source's kind. */
import type { Source } from '../../functions/core/source.ts';

const SAMPLE: Record<Source['kind'], string> = {
  shopify: 'local-secret',
  woocommerce: 'local-secret',
  stripe: 'whsec_local-secret',
  standard: 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==',
};

/** `AFTERCARE_SECRET_MY_SHOP` for the source `my-shop`. */
const variableOf = (what: 'SECRET' | 'PULL', source: string): string =>
  `AFTERCARE_${what}_${source.toUpperCase().replaceAll('-', '_')}`;

/** Newest first; several are separated by blanks or commas. */
export const secretsOf = (source: string, kind: Source['kind'], environment: NodeJS.ProcessEnv): string[] => {
  const given =
    environment[variableOf('SECRET', source)]?.split(/[\s,]+/).filter((secret) => secret !== '') ?? [];
  return given.length > 0 ? given : [SAMPLE[kind]];
};

/** What may read the orders of the shops that are asked for them, as the secret of the stack holds it. */
export const shopCredentials = (
  sources: Readonly<Record<string, Source>>,
  environment: NodeJS.ProcessEnv,
): Record<string, string> =>
  Object.fromEntries(
    Object.keys(sources).flatMap((source) => {
      const given = environment[variableOf('PULL', source)]?.trim() ?? '';
      return given === '' ? [] : [[source, given]];
    }),
  );
