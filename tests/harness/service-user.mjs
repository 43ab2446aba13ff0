// The user whom the desk runs as in the tests: never root. Tests that run as root give the desk to `nobody`; other tests keep
// their own user.

import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { userInfo } from 'node:os';

const isRoot = process.getuid() === 0;

function idOf(option, user) {
  return Number(spawnSync('id', [option, user], { encoding: 'utf8' }).stdout.trim());
}

export const serviceUser = isRoot
  ? { name: 'nobody', uid: idOf('-u', 'nobody'), gid: idOf('-g', 'nobody') }
  : { name: userInfo().username, uid: process.getuid(), gid: process.getgid() };

// Options for child_process.spawn that run the child as the service user.
export const asServiceUser = isRoot ? { uid: serviceUser.uid, gid: serviceUser.gid } : {};

export function giveToServiceUser(path) {
  if (isRoot) chownSync(path, serviceUser.uid, serviceUser.gid);
}

// Runs a command as root, through sudo where needed; throws with what the command said.
export function runAsRoot(command, ...rest) {
  const line = isRoot ? [command, ...rest] : ['sudo', '-n', command, ...rest];
  const result = spawnSync(line[0], line.slice(1), { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${line.join(' ')}: ${result.stderr || result.error}`);
  return result.stdout;
}

export function canBecomeRoot() {
  return isRoot || spawnSync('sudo', ['-n', 'true']).status === 0;
}
