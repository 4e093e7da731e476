import type { PersonExport } from '../core/privacy/export.ts';
import { exportText } from './export-text.ts';
import type { PageWords } from './words.ts';

export type ExportForm = 'json' | 'text';

/** What a browser saves instead of showing. */
export type Download = { name: string; type: string; text: string };

export const exportFile = (
  words: PageWords,
  zone: string,
  data: PersonExport,
  form: ExportForm,
): Download => {
  const name = words.say('privacy.file');
  return form === 'json'
    ? {
        name: `${name}.json`,
        type: 'application/json; charset=utf-8',
        text: `${JSON.stringify(data, null, 2)}\n`,
      }
    : { name: `${name}.txt`, type: 'text/plain; charset=utf-8', text: exportText(words, zone, data) };
};

export const downloadHeaders = ({ name, type }: Download): Record<string, string> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
});
