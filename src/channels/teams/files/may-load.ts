import type { StaffRole } from '../../../config.ts';

/** Whether somebody of this role may load official texts. */
export function mayLoad(role: StaffRole | undefined): boolean {
  return role === 'editor' || role === 'administrador';
}
