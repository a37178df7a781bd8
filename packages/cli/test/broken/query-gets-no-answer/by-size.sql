select amuont, count() as n from totals group by amuont
