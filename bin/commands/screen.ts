/** Where a command writes. Colour only on a terminal: styleText looks, and respects NO_COLOR. */
import { styleText } from 'node:util';

export type Paint = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

export type Screen = {
  print(text: string): void;
  paint(style: Paint, text: string): string;
};

export const terminal: Screen = {
  print: (text) => console.log(text),
  paint: (style, text) => styleText(style, text),
};

const WIDTH = 100;

/** Breaks a text into lines of at most `WIDTH` columns, the later ones beginning under the first. */
export const hang = (indent: number, text: string): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each, index) => (index === 0 ? each : `${' '.repeat(indent)}${each}`));
};
