/** Catches every line that handlers log, so that it can be searched. To be called before any of them is loaded. */
export const catchLogs = (): string[] => {
  const lines: string[] = [];
  /* The logger and the metrics then write to the console that is caught here. */
  process.env['POWERTOOLS_DEV'] = 'true';
  process.env['POWERTOOLS_LOG_LEVEL'] = 'INFO';
  const keep = (...given: unknown[]) => {
    lines.push(given.map(String).join(' '));
  };
  for (const name of ['debug', 'info', 'warn', 'log', 'error'] as const) console[name] = keep;
  return lines;
};
