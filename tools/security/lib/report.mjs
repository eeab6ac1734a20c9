// How a check ends: its figures as the last line, and an exit code that tells whether they are what they must be.
export function report(name, figures, failures) {
  for (const failure of failures.slice(0, 25)) console.error(`  ${failure}`);
  if (failures.length > 25) console.error(`  … and ${failures.length - 25} more`);
  process.stdout.write(`${JSON.stringify({ check: name, passed: failures.length === 0, failures: failures.length, ...figures })}\n`);
  process.exit(failures.length === 0 ? 0 : 1);
}
