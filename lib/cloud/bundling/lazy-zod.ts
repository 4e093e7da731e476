/**
 * Schemas that are built when they are first looked at. A function carries a thousand of them, each made of several
 * parts, and a run parses with a few dozen: building all took a quarter of a cold start. What a schema is made of is kept
 * until then; `_zod`, where zod keeps all that a schema can do, builds it. test/infra/lazy-schemas.test.ts compares.
 */
import type { Rule } from './rule.ts';

/** Fails the build when zod no longer says what is to be replaced. */
const replaced = (source: string, was: string, is: string): string => {
  if (!source.includes(was))
    throw new Error(`zod has changed: the bundles want to replace what it no longer has: ${was}`);
  return source.replace(was, () => is);
};

/**
 * The first of each class is built at once: that puts the class's methods where all the others find them. It also shows
 * what a built one has of its own, beside `_zod`: who asks one of the others for that has it built, too.
 */
const LATER = `
    const build = (inst, def) => {
        init(inst, def);
        const deferred = inst._zod.deferred;
        if (deferred) {
            for (const fn of deferred) fn();
            inst._zod.deferred = undefined;
        }
        return inst;
    };
    let isShown = false;
    let hasDef = false;
    const show = (first) => {
        isShown = true;
        for (const key of Reflect.ownKeys(first)) {
            if (key === 'def' || key === 'type') hasDef = true;
            else
                Object.defineProperty(_.prototype, key, {
                    configurable: true,
                    get() { return buildNow(this) ? this[key] : undefined; },
                    set(value) { Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true }); },
                });
        }
        return first;
    };
    function _(def) {
        if (params?.Parent) return build(newError(Definition), def);
        if (!isShown) return show(build(this, def));
        this[LATER] = { build, def, parent: undefined };
        if (hasDef) {
            this.def = def;
            this.type = def.type;
        }
    }`;

const BUILDER = /^ {4}function _\(def\) \{\n(?: {8}.*\n)+ {4}\}/m;

const withLaterBuilding = (source: string): string => {
  const [builder = 'function _(def)'] = BUILDER.exec(source) ?? [];
  return replaced(
    replaced(source, builder, LATER),
    'import { members as installMembers } from "./util.js";',
    'import { buildNow, LATER, members as installMembers } from "./util.js";',
  );
};

/** `installing` is what zod notes while it builds the first of a class; another may be built in between. */
const BUILD_NOW = `
export const LATER = Symbol('later');
export const buildNow = (inst) => {
    const later = inst[LATER];
    if (later === undefined) return false;
    inst[LATER] = undefined;
    const outer = installing;
    installing = undefined;
    try { later.build(inst, later.def); }
    finally { installing = outer; }
    if (later.parent !== undefined) inst._zod.parent = later.parent;
    return true;
};
`;

const CLONE = `    const cl = new inst._zod.constr(def ?? inst._zod.def);
    if (!def || params?.parent)
        cl._zod.parent = inst;
    return cl;`;

/** Each method that refines a schema clones it: neither of the two needs to be built for that. */
const LATER_CLONE = `    const cl = new (inst[LATER] === undefined ? inst._zod.constr : inst.constructor)(def ?? inst.def ?? inst._zod.def);
    if (!def || params?.parent) {
        if (cl[LATER] === undefined) cl._zod.parent = inst;
        else cl[LATER].parent = inst;
    }
    return cl;`;

/** It guards against values that contain themselves, looks at every schema for that, and JSON has none. */
const MEMOIZER = `    if (!core.globalConfig.memoizer)
        core.config({ memoizer: core.memoizer() });`;

export const withoutMemoizer = (source: string): string => replaced(source, MEMOIZER, '');

const COMPILED = 'if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {';

/** Zod compiles the schema of each object it parses, which pays for one that parses often: a run at a cold start does not. */
const withLaterCompiling = (source: string): string =>
  replaced(
    replaced(source, COMPILED, COMPILED.replace('(jit', '(++parsed > 50 && jit')),
    '    let fastpass;',
    '    let fastpass, parsed = 0;',
  );

export const LAZY_ZOD_RULES: readonly Rule[] = [
  { of: /^zod\/v4\/core\/core\.js$/, change: withLaterBuilding },
  { of: /^zod\/v4\/core\/schemas\.js$/, change: withLaterCompiling },
  {
    of: /^zod\/v4\/core\/util\.js$/,
    change: (source) => `${replaced(source, CLONE, LATER_CLONE)}${BUILD_NOW}`,
  },
];
