/** The user pool's group whose members may do everything, as `cognito:groups` of their tokens names it. */
export const adminGroup = 'Admin';
