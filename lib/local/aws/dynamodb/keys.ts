/** Where an item stands: the two parts of its key as text, whose order byte by byte is DynamoDB's order. */
import { type Index, type Item, type KeyType, type Table, toLexiStr, type Value } from 'dynalite/db/index.js';

/** An attribute that is part of a key. */
export type KeyPart = { readonly name: string; readonly type: KeyType };
export type KeyShape = { readonly hash: KeyPart; readonly sort: KeyPart | undefined };
/** `sort` is empty where the key has only one part; a sort key itself is never empty. */
export type Place = { readonly hash: string; readonly sort: string };

export const shapeOf = (schema: Index['KeySchema'], { AttributeDefinitions }: Table): KeyShape => {
  const [hash, sort] = schema.map(({ AttributeName: name }) => {
    const definition = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
    return { name, type: definition?.AttributeType ?? 'S' };
  });
  if (hash === undefined) throw new Error('A table without a key cannot be.');
  return { hash, sort };
};

/** Numbers and bytes are not ordered as they are written. */
export const textOf = (value: Value, type: KeyType): string => {
  const held = value[type];
  return type === 'S' && typeof held === 'string' ? held : toLexiStr(held, type);
};

const partOf = (item: Item, { name, type }: KeyPart): string | undefined => {
  const value = item[name];
  return value?.[type] === undefined ? undefined : textOf(value, type);
};

/** Undefined when the item lacks a part of the key, and so stands in no such index. */
export const placeOf = (item: Item | undefined, shape: KeyShape): Place | undefined => {
  if (item === undefined) return undefined;
  const hash = partOf(item, shape.hash);
  if (hash === undefined) return undefined;
  if (shape.sort === undefined) return { hash, sort: '' };
  const sort = partOf(item, shape.sort);
  return sort === undefined ? undefined : { hash, sort };
};

/** For a key that has been checked. */
export const certainPlaceOf = (item: Item, shape: KeyShape): Place => {
  const place = placeOf(item, shape);
  if (place === undefined) throw new Error('A checked key has all of its parts.');
  return place;
};

export const keyOf = (item: Item, attributes: readonly string[]): Item => {
  const key: Item = {};
  for (const name of attributes) {
    const value = item[name];
    if (value !== undefined) key[name] = value;
  }
  return key;
};
