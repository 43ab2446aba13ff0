// One mail_lines process (see mail_lines.c), asked line by line.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export function startLines(program) {
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  let ended = null;
  const end = reason => {
    ended ??= reason;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  createInterface({ input: child.stdout }).on('line', line => waiting.shift().resolve(JSON.parse(line)));
  child.on('error', end);
  child.on('exit', status => end(new Error(`${program} ended with ${status}`)));
  child.stdin.on('error', () => {});
  return {
    ask(question) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(question)}\n`);
      });
    },
    stop() { child.stdin.end(); },
  };
}

// What two texts are compared by: no white space, no fillers that nobody sees.
export const bare = text => (text ?? '').normalize('NFC').replace(/[\s\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\ufeff]+/gu, '');
