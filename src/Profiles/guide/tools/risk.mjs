export const plans = () => [];
