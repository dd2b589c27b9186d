"""Books and cancels by the client that openapi-generator makes. `test/clients/main.ts` puts it beside that."""

import os
import time
import uuid
from datetime import datetime, timezone

import holiday

configuration = holiday.Configuration(host=os.environ["API_URL"], access_token=os.environ["TOKEN"])


def july(day, hour):
    return datetime(2026, 7, day, hour, tzinfo=timezone.utc)


with holiday.ApiClient(configuration) as client:
    bookings = holiday.BookingsApi(client)
    flights = holiday.FlightsApi(client)

    def booking_at(booking_id, status):
        while True:
            booking = bookings.get_booking(booking_id)
            if booking.status == status:
                return booking
            assert booking.status != "CANCELLED", booking.failure_reason
            time.sleep(0.05)

    flight = next(one for one in flights.list_flights(limit=100).items if one.id == "demo-london-dublin")
    charge = holiday.PaymentsApi(client).create_charge(
        holiday.CreateCharge(amount=450, currency=flight.ticket_currency, stripeToken="tok_visa")
    )
    accepted = bookings.create_booking(
        holiday.CreateBooking(
            outboundFlightId=flight.id,
            paymentToken=charge.created_charge.id,
            hotel=holiday.CreateBookingHotel(hotel="holiday inn", checkIn=july(10, 12), checkOut=july(12, 14)),
            rental=holiday.CreateBookingRental(rental="Volvo", rentalFrom=july(10, 0), rentalTo=july(12, 0)),
        ),
        idempotency_key=str(uuid.uuid4()),
    )
    assert accepted.checked_in is False

    booking = booking_at(accepted.id, "CONFIRMED")
    assert (booking.price.amount, booking.hotel.hotel) == ("450.00", "holiday inn")
    assert bookings.list_bookings(limit=1).items[0].id == booking.id
    assert bookings.get_booking_history(booking.id).executions[0].status == "SUCCEEDED"

    try:
        bookings.get_booking("no-such-booking")
    except holiday.ApiException as error:
        assert error.status == 404, error
    else:
        raise AssertionError("a booking that is not there was found")

    assert bookings.cancel_booking(booking.id).status == "CANCELLING"
    booking_at(booking.id, "CANCELLED")
