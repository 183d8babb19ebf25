// The files of a build, for the checks that run beside cargo.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The paths of all files below a folder, in the order of their names. */
export function files(below) {
  return readdirSync(below)
    .sort()
    .flatMap(name => {
      const path = join(below, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
}
