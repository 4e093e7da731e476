import type { SampleWorld } from './sample-shop.ts';
import { german } from './sample-world-de.ts';
import { english } from './sample-world-en.ts';
import { spanish } from './sample-world-es.ts';
import { french } from './sample-world-fr.ts';

const worlds: Readonly<Record<string, SampleWorld>> = { en: english, de: german, es: spanish, fr: french };

/** A small made-up shop with its people, in the nearest language there is. */
export const sampleWorld = (locale: string): SampleWorld =>
  worlds[locale.split(/[-_]/, 1)[0]?.toLowerCase() ?? ''] ?? english;
