"""What is due, discharged, late, missed and waived: computed from definitions, the organisation of a day and facts."""
