/** All parameters but the first two belong to Contact → Sync. */
export const forSync = { show: { resource: ['contact'], operation: ['sync'] } };
