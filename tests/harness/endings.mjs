// What must be ended and removed even when a test file is interrupted: servers, temporary folders.

const endings = new Set();

// Runs `end` (which must not wait for anything) when the process ends; returns a function that runs it now instead.
export function atEnd(end) {
  const once = () => { if (endings.delete(once)) end(); };
  endings.add(once);
  return once;
}

process.on('exit', () => [...endings].reverse().forEach(end => end()));
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.once(signal, () => process.exit(code));
