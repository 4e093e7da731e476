/** Reads the text of a file piece by piece, in whichever of the usual encodings it is. */
import { createReadStream } from 'node:fs';
import { CommandMistake, codeOf } from '../command-mistake.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file)) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (error) {
    throw new CommandMistake(`Cannot read ${file} (${codeOf(error)}).`, 2, { cause: error });
  }
}

/** Excel in Western Europe writes Windows-1252, which is what it is when it is not UTF-8: an umlaut must not become a box. */
export const encodingOf = async (file: string): Promise<Encoding> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  for await (const bytes of bytesOf(file)) {
    if (isFirst && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
    isFirst = false;
    try {
      decoder.decode(bytes, { stream: true });
    } catch {
      return 'windows-1252';
    }
  }
  return 'utf-8';
};

/** The byte order mark is left out. */
export async function* textOf(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of bytesOf(file)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** Lines with their numbers, the first being 1; the last one may lack its end. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<{ line: number; text: string }> {
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      line += 1;
      yield { line, text: part.replace(/\r$/, '') };
    }
  }
  if (rest !== '') yield { line: line + 1, text: rest.replace(/\r$/, '') };
}
