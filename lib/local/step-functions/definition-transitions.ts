/** Checks that every state leads somewhere, and that error names stand where AWS allows them. */
import type { Level, Problem } from './definition-level.ts';
import type { State } from './definition-schema.ts';
import { ERROR } from './errors.ts';

type Target = { field: string; next: string };

const targetsOf = (state: State): Target[] => {
  switch (state.Type) {
    case 'Succeed':
    case 'Fail':
      return [];
    case 'Choice':
      return [
        ...state.Choices.map(({ Next }, at) => ({ field: `Choices/${at}/Next`, next: Next })),
        ...(state.Default === undefined ? [] : [{ field: 'Default', next: state.Default }]),
      ];
    case 'Pass':
    case 'Wait':
      return state.Next === undefined ? [] : [{ field: 'Next', next: state.Next }];
    case 'Task':
    case 'Map':
    case 'Parallel':
      return [
        ...(state.Next === undefined ? [] : [{ field: 'Next', next: state.Next }]),
        ...state.Catch.map(({ Next }, at) => ({ field: `Catch/${at}/Next`, next: Next })),
      ];
  }
};

const endProblems = (name: string, state: State): Problem[] => {
  if (!('End' in state || 'Next' in state)) {
    const needsNone = state.Type === 'Succeed' || state.Type === 'Fail' || state.Type === 'Choice';
    return needsNone ? [] : [{ state: name, field: 'Next', reason: 'or End is required' }];
  }
  if (state.End !== undefined && state.Next !== undefined) {
    return [{ state: name, field: 'End', reason: 'cannot stand beside Next' }];
  }
  return [];
};

const policyProblems = (name: string, state: State): Problem[] => {
  if (!('Retry' in state)) return [];
  const lists = [
    ...state.Retry.map(({ ErrorEquals }, at) => ({
      ErrorEquals,
      at,
      field: 'Retry',
      last: state.Retry.length - 1,
    })),
    ...state.Catch.map(({ ErrorEquals }, at) => ({
      ErrorEquals,
      at,
      field: 'Catch',
      last: state.Catch.length - 1,
    })),
  ];
  return lists
    .filter(
      ({ ErrorEquals, at, last }) =>
        ErrorEquals.includes(ERROR.all) && (ErrorEquals.length > 1 || at !== last),
    )
    .map(({ field, at }) => ({
      state: name,
      field: `${field}/${at}/ErrorEquals`,
      reason: 'States.ALL must stand alone and in the last place',
    }));
};

const timeProblems = (name: string, state: State): Problem[] => {
  if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined)) {
    return [{ state: name, field: 'Seconds', reason: 'or Timestamp is required, and only one of them' }];
  }
  if (state.Type !== 'Task') return [];
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout !== 'number' || typeof heartbeat !== 'number' || heartbeat < timeout) return [];
  return [{ state: name, field: 'HeartbeatSeconds', reason: 'must be smaller than TimeoutSeconds' }];
};

export const transitionProblems = ({ owner, startAt, states }: Level): Problem[] => {
  const problems: Problem[] = [];
  if (!states.has(startAt)) {
    problems.push({ state: owner, field: 'StartAt', reason: `names the missing state '${startAt}'` });
  }
  for (const [name, state] of states) {
    for (const { field, next } of targetsOf(state)) {
      if (!states.has(next))
        problems.push({ state: name, field, reason: `names the missing state '${next}'` });
    }
    problems.push(...endProblems(name, state), ...policyProblems(name, state), ...timeProblems(name, state));
  }
  return problems;
};
