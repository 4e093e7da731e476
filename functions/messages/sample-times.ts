/** The made-up days the samples speak of. */
export const ASKED = '2026-11-17T09:30:00.000Z';
export const DUE = '2026-11-27T09:30:00.000Z';
export const LATER = '2026-12-01T15:00:00.000Z';
export const CLOSES = '2026-12-04T16:00:00.000Z';
export const VISIT = { from: '2026-11-27T10:00:00.000Z', to: '2026-11-27T12:00:00.000Z' } as const;
