export { findProgram, installHint, programVersion, PROGRAMS, requireProgram, type ProgramName } from './programs.js';
export { runProgram, type RunOptions, type RunResult } from './run-program.js';
