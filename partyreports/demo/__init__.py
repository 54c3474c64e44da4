"""The demonstration: huyện Đơn Dương and the year 2024, from the data files beside this module, through the portal's real steps."""
