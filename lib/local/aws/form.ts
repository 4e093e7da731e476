/** Reads the form of the Query protocol: `A.member.1=x` and `A.1=x` are lists, `A.B=x` is an object. */
type Branch = Map<string, Branch | string>;

export const readForm = (text: string): Record<string, unknown> => {
  const root: Branch = new Map();
  for (const [path, value] of new URLSearchParams(text)) {
    const names = path.split('.');
    const last = names.pop() ?? path;
    let branch = root;
    for (const name of names) branch = childOf(branch, name);
    branch.set(last, value);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, toValue(value)]));
};

const childOf = (branch: Branch, name: string): Branch => {
  const existing = branch.get(name);
  if (existing !== undefined && typeof existing !== 'string') return existing;
  const child: Branch = new Map();
  branch.set(name, child);
  return child;
};

const toValue = (node: Branch | string): unknown => {
  if (typeof node === 'string') return node;
  const members = node.get('member');
  if (node.size === 1 && members !== undefined) return toValue(members);
  const entries = [...node];
  if (entries.every(([name]) => /^\d+$/.test(name))) {
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => toValue(value));
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, toValue(value)]));
};
