/**
 * Runs the task for each whole number below `count`, a few of them side by side: each has servers of its own, and most
 * of its time is a back-off that others can use.
 */
export async function sideBySide(
  count: number,
  task: (n: number) => Promise<void>,
  lanes = 6,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
