const shownFor = (...operation: string[]) => ({ show: { resource: ['contact'], operation } });

export const forSync = shownFor('sync');
export const forGet = shownFor('get');
export const forGetAll = shownFor('getAll');
export const forReads = shownFor('get', 'getAll');
export const forBounced = shownFor('markBounced');
export const forAll = shownFor('get', 'getAll', 'markBounced', 'sync');

const shownForSegments = (...operation: string[]) => ({ show: { resource: ['segment'], operation } });

export const forEnsure = shownForSegments('ensure');
export const forSegments = shownForSegments('ensure', 'get', 'getAll');
