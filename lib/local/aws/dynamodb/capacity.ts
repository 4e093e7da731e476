/** The units that AWS bills for reads, and how it tells of units. */
const READ_UNIT_BYTES = 4096;

export const readUnits = (bytes: number, isConsistent: boolean | undefined): number =>
  Math.ceil(bytes / READ_UNIT_BYTES) * (isConsistent ? 1 : 0.5);

/** A read of one item costs something also when it is not there. */
export const readUnitsOfItem = (bytes: number | undefined, isConsistent: boolean | undefined): number =>
  readUnits(bytes ?? 1, isConsistent);

const ASKING = new Set(['TOTAL', 'INDEXES']);

type Asked = { readonly TableName: string; readonly ReturnConsumedCapacity?: string };

export const isAskedFor = ({ ReturnConsumedCapacity }: { ReturnConsumedCapacity?: string }): boolean =>
  ReturnConsumedCapacity !== undefined && ASKING.has(ReturnConsumedCapacity);

/** Part of an answer: nothing unless asked for. */
export const capacityOf = (
  request: Asked,
  units: number,
  details: Record<string, unknown> = { Table: { CapacityUnits: units } },
) =>
  isAskedFor(request)
    ? {
        ConsumedCapacity: {
          ...{ CapacityUnits: units, TableName: request.TableName },
          ...(request.ReturnConsumedCapacity === 'INDEXES' && details),
        },
      }
    : {};
