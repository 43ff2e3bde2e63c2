mod forms;
mod order;
mod stock;
