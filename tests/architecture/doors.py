"""All doors of the site with the people at them: who reaches what.

The things are of Alice's company, and Maria is its manager: Charlie is a stranger from another company, Bob a colleague
who buys, Vera one who only looks, Oleg another manager, Anna the administrator. What the things are: things.py.
"""

from dataclasses import dataclass

# in: asked to sign in. 303: led on to another page. 403: not for this role. 404: not theirs, and so not there.
# 409: theirs, but a rule forbids it now.
TABLE = """
                                                         thing    guest charlie bob  vera alice oleg maria anna
GET  /healthz                                            -        200   200     200  200  200   200  200   200
GET  /readyz                                             -        200   200     200  200  200   200  200   200
GET  /                                                   -        303   303     303  303  303   303  303   303
GET  /sign-in                                            -        200   303     303  303  303   303  303   303
POST /sign-in                                            -        303   303     303  303  303   303  303   303
GET  /sign-in/code                                       -        303   303     303  303  303   303  303   303
POST /sign-in/code                                       -        303   303     303  303  303   303  303   303
POST /sign-out                                           -        in    303     303  303  303   303  303   303
POST /language                                           -        303   303     303  303  303   303  303   303
GET  /registration                                       -        200   303     303  303  303   303  303   303
POST /registration                                       -        303   303     303  303  303   303  303   303
GET  /registration/sent                                  -        200   200     200  200  200   200  200   200
GET  /registration/waiting                               -        200   200     200  200  200   200  200   200
GET  /registration/confirmation/{token}                  applying 200   200     200  200  200   200  200   200
POST /registration/confirmation/{token}                  applying 303   303     303  303  303   303  303   303
GET  /forgotten-password                                 -        200   200     200  200  200   200  200   200
POST /forgotten-password                                 -        303   303     303  303  303   303  303   303
GET  /forgotten-password/sent                            -        200   200     200  200  200   200  200   200
GET  /forgotten-password/{token}                         forgot   200   200     200  200  200   200  200   200
POST /forgotten-password/{token}                         forgot   303   303     303  303  303   303  303   303
GET  /unsubscribe/{token}                                promoted 200   200     200  200  200   200  200   200
POST /unsubscribe/{token}                                promoted 303   303     303  303  303   303  303   303
GET  /welcome                                            -        in    303     303  303  303   303  303   303
POST /welcome                                            -        in    303     303  303  303   303  303   303
POST /desk/people/{person}/acting                        bob      in    403     403  403  403   404  303   303
POST /desk/people/{person}/acting                        oleg     in    403     403  403  403   404  404   404
POST /desk/people/{person}/acting                        blocked  in    403     403  403  403   404  409   409
POST /acting/ending                                      -        in    303     303  303  303   303  303   303
GET  /administration/staff/{person}/second-factor        oleg     in    403     403  403  403   403  403   200
GET  /administration/staff/{person}/second-factor        bob      in    403     403  403  403   403  403   404
POST /administration/staff/{person}/second-factor        oleg     in    403     403  403  403   403  403   303
POST /administration/staff/{person}/second-factor        bob      in    403     403  403  403   403  403   404
GET  /catalogue                                          -        200   200     200  200  200   200  200   200
GET  /catalogue/search                                   -        200   200     200  200  200   200  200   200
GET  /catalogue/suggestions                              -        303   303     303  303  303   303  303   303
GET  /catalogue/brands/{slug}                            brand    200   200     200  200  200   200  200   200
GET  /catalogue/categories/{slug}                        category 200   200     200  200  200   200  200   200
POST /catalogue/recalculation                            -        in    303     303  403  303   403  403   403
GET  /catalogue/products/{product}                       product  200   200     200  200  200   200  200   200
POST /catalogue/products/{product}/quantity              product  in    303     303  403  303   403  403   403
POST /catalogue/products/{product}/cart                  product  in    303     303  403  303   403  403   403
GET  /presentations                                      -        in    200     200  200  200   403  403   403
GET  /presentations/{number}                             offer    in    404     200  200  200   404  200   200
GET  /presentations/{number}                             draft    in    404     404  404  404   404  404   404
GET  /presentations/{number}/versions/{version}          offer    in    404     200  200  200   404  200   200
GET  /presentations/{number}/versions/{version}          draft    in    404     404  404  404   404  404   404
GET  /presentations/{number}/customer                    offer    in    404     200  200  200   403  403   403
GET  /presentations/{number}/versions/{version}/presentation.xlsx offer    in    404     200  200  200   404  200   200
GET  /presentations/{number}/versions/{version}/presentation.xlsx draft    in    404     404  404  404   404  404   404
GET  /presentations/{number}/versions/{version}/news     offer    401   404     303  303  303   404  303   303
GET  /presentations/{number}/versions/{version}/changes  changed  in    404     200  200  200   404  200   200
GET  /presentations/{number}/versions/{version}/changes  offer    in    404     404  404  404   404  404   404
POST /presentations/{number}/mark-up                     offer    in    404     303  303  303   403  403   403
GET  /presentations/{number}/versions/{version}/news     draft    401   404     404  404  404   404  404   404
POST /presentations/{number}/recalculation               offer    in    404     303  303  303   403  403   403
POST /presentations/{number}/extension                   expired  in    404     303  403  303   403  403   403
POST /presentations/{number}/comments                    offer    in    404     303  403  303   404  303   303
POST /presentations/{number}/comments/settlement         offer    in    403     403  403  403   404  303   303
GET  /presentations/{number}/comments/{comment}          offer    in    404     303  303  303   404  303   303
GET  /presentations/{number}/comments/{comment}          aside    in    404     404  404  404   404  303   303
GET  /presentations/{number}/comments/{comment}/answer   offer    in    404     200  403  200   404  200   200
GET  /presentations/{number}/comments/{comment}/answer   aside    in    404     404  403  404   404  200   200
GET  /presentations/{number}/lines/{line}                offer    in    404     303  303  303   404  303   303
GET  /presentations/{number}/lines/{line}                mixed    in    404     404  404  404   404  404   404
GET  /presentations/{number}/lines/{line}/note           offer    in    404     200  403  200   404  200   200
GET  /presentations/{number}/lines/{line}/note           mixed    in    404     404  403  404   404  404   404
POST /presentations/{number}/lines/{line}/quantity       offer    in    404     303  303  303   403  403   403
POST /presentations/{number}/lines/{line}/quantity       mixed    in    404     404  404  404   403  403   403
POST /presentations/{number}/lines/{line}/cart           offer    in    404     303  403  303   403  403   403
POST /presentations/{number}/lines/{line}/cart           mixed    in    404     404  403  404   403  403   403
POST /presentations/{number}/lines/{line}/replacement    gone     in    404     303  403  303   403  403   403
POST /presentations/{number}/lines/{line}/replacement    mixed    in    404     404  403  404   403  403   403
GET  /cart                                               -        in    200     200  200  200   403  403   403
POST /cart/recalculation                                 -        in    303     303  403  303   403  403   403
POST /cart/checkout                                      -        in    303     303  403  303   403  403   403
POST /cart/lines/{line}/quantity                         cart     in    404     404  403  303   403  403   403
POST /cart/lines/{line}/removal                          cart     in    404     404  403  303   403  403   403
POST /cart/lines/{line}/price                            cart     in    404     404  403  303   403  403   403
GET  /orders                                             -        in    200     200  200  200   303  303   303
POST /orders                                             -        in    409     409  403  303   403  403   403
GET  /orders/checkout                                    -        in    200     200  403  200   403  403   403
GET  /orders/{number}                                    order    in    404     200  200  200   404  200   200
GET  /orders/{number}                                    queued   in    404     404  404  404   200  200   200
GET  /orders/{number}                                    taken    in    404     404  404  404   404  200   200
GET  /orders/{number}/confirmation                       order    in    404     200  403  200   403  403   403
GET  /orders/{number}/news                               order    401   404     303  303  303   404  303   303
POST /orders/{number}/claim                              queued   in    403     403  403  403   303  303   303
POST /orders/{number}/claim                              taken    in    403     403  403  403   409  303   409
POST /orders/{number}/claim                              order    in    403     403  403  403   404  303   409
POST /orders/{number}/status                             order    in    403     403  403  403   404  303   303
POST /orders/{number}/undoing                            order    in    403     403  403  403   404  303   303
GET  /orders/{number}/lines                              order    in    403     403  403  403   404  200   200
POST /orders/{number}/lines                              order    in    403     403  403  403   404  303   303
GET  /orders/{number}/merging                            order    in    403     403  403  403   404  200   200
POST /orders/{number}/merging                            order    in    403     403  403  403   404  303   303
GET  /orders/{number}/release                            order    in    403     403  403  403   404  200   200
POST /orders/{number}/release                            taken    in    403     403  403  403   404  303   303
GET  /orders/{number}/handover                           order    in    403     403  403  403   404  200   200
POST /orders/{number}/handover                           order    in    403     403  403  403   404  303   303
POST /orders/{number}/handover                           passing  in    403     403  403  403   409  303   303
POST /orders/{number}/handover/answer                    passing  in    403     403  403  403   303  404   404
GET  /orders/{number}/order.xlsx                         order    in    404     200  200  200   404  200   200
GET  /orders/{number}/order.xlsx                         queued   in    404     404  404  404   200  200   200
GET  /orders/{number}                                    passing  in    404     404  404  404   200  200   200
GET  /orders/{number}/request                            taken    in    403     403  403  403   200  200   200
GET  /orders/{number}/request                            order    in    403     403  403  403   404  200   200
POST /orders/{number}/request                            taken    in    403     403  403  403   303  409   303
POST /orders/{number}/request                            order    in    403     403  403  403   404  409   303
GET  /orders/{number}/cancellation                       order    in    403     403  403  403   404  200   200
POST /orders/{number}/call                               order    in    403     403  403  403   404  303   303
POST /orders/{number}/comments                           order    in    404     303  403  303   404  303   303
POST /orders/{number}/comments/settlement                order    in    403     403  403  403   404  303   303
GET  /orders/{number}/comments/{comment}                 order    in    404     303  303  303   404  303   303
GET  /orders/{number}/comments/{comment}                 inner    in    404     404  404  404   404  303   303
GET  /orders/{number}/comments/{comment}/answer          order    in    404     200  403  200   404  200   200
GET  /orders/{number}/comments/{comment}/answer          inner    in    404     404  403  404   404  200   200
GET  /kept/{number}                                      kept     in    404     404  404  200   404  404   404
GET  /tickets                                            -        in    200     200  200  200   303  303   303
POST /tickets                                            -        in    303     303  303  303   403  403   403
GET  /tickets/new                                        -        in    200     200  200  200   403  403   403
GET  /tickets/{number}                                   ticket   in    404     200  200  200   404  200   200
GET  /tickets/{number}                                   asked    in    404     404  404  404   200  200   200
GET  /tickets/{number}                                   promised in    404     404  404  404   404  200   200
GET  /tickets/{number}/news                              ticket   401   404     303  303  303   404  303   303
POST /tickets/{number}/closing                           ticket   in    404     303  303  303   404  303   303
POST /tickets/{number}/taking                            ticket   in    403     403  403  403   404  303   303
POST /tickets/{number}/taking                            asked    in    403     403  403  403   303  303   303
POST /tickets/{number}/taking                            promised in    403     403  403  403   409  303   303
GET  /tickets/{number}/assignment                        ticket   in    403     403  403  403   404  200   200
GET  /tickets/{number}/assignment                        asked    in    403     403  403  403   200  200   200
POST /tickets/{number}/assignment                        ticket   in    403     403  403  403   404  303   303
POST /tickets/{number}/assignment                        promised in    403     403  403  403   404  303   303
POST /tickets/{number}/comments                          ticket   in    404     303  303  303   404  303   303
POST /tickets/{number}/comments                          asked    in    404     404  404  404   303  303   303
POST /tickets/{number}/comments                          promised in    404     404  404  404   409  303   303
GET  /tickets/{number}/comments/{comment}                ticket   in    404     303  303  303   404  303   303
GET  /tickets/{number}/comments/{comment}                private  in    404     404  404  404   404  303   303
GET  /tickets/{number}/comments/{comment}/answer         ticket   in    404     200  200  200   404  200   200
GET  /tickets/{number}/comments/{comment}/answer         private  in    404     404  404  404   404  200   200
GET  /attachments/{number}                               file     in    404     200  200  200   404  200   200
GET  /attachments/{number}                               inside   in    404     404  404  404   404  200   200
GET  /order-templates                                    -        in    200     200  200  200   403  403   403
GET  /order-templates/{template}                         template in    404     200  200  200   403  403   403
POST /order-templates/{template}                         template in    404     303  403  303   403  403   403
GET  /order-templates/{template}/removal                 template in    404     200  403  200   403  403   403
POST /order-templates/{template}/removal                 template in    404     303  403  303   403  403   403
GET  /own-codes                                          -        in    200     200  200  200   403  403   403
POST /own-codes                                          -        in    303     303  403  303   403  403   403
POST /own-codes/{code}/removal                           code     in    404     303  403  303   403  403   403
GET  /repeat                                             -        in    303     303  403  303   403  403   403
POST /repeat                                             order    in    404     303  403  303   403  403   403
GET  /quick-order                                        -        in    200     200  403  200   403  403   403
POST /quick-order                                        -        in    303     303  403  303   403  403   403
POST /quick-order/file                                   -        in    422     422  403  422   403  403   403
GET  /price-lists                                        -        in    200     200  200  200   403  403   403
POST /price-lists                                        -        in    303     303  303  303   403  403   403
GET  /price-lists/{number}                               pricing  401   404     303  303  303   403  403   403
GET  /price-lists/{number}/file                          pricing  in    404     200  200  200   403  403   403
POST /price-lists/tokens                                 -        in    200     403  403  200   403  403   403
GET  /price-lists/tokens/{token}/revocation              pass     in    404     403  403  200   403  403   403
POST /price-lists/tokens/{token}/revocation              pass     in    404     403  403  303   403  403   403
GET  /price-lists/{token}.{form}                         feed     200   200     200  200  200   200  200   200
GET  /search                                             -        303   200     200  200  200   200  200   200
GET  /history                                            -        in    200     200  200  200   200  200   200
GET  /history/export.csv                                 -        in    200     200  200  200   200  200   200
GET  /history/letters/{letter}                           posted   in    404     200  200  200   404  200   200
GET  /people                                             -        in    200     200  200  200    403  403   403
POST /people                                             -        in    303     403  403  303    403  403   403
POST /people/{person}/resending                          newcomer in    404     403  403  303    403  403   403
GET  /people/{person}/withdrawal                         newcomer in    404     403  403  200    403  403   403
POST /people/{person}/withdrawal                         newcomer in    404     403  403  303    403  403   403
POST /people/{person}/role                               bob      in    404     403  403  303    403  403   403
GET  /people/{person}/blocking                           bob      in    404     403  403  200    403  403   403
POST /people/{person}/blocking                           bob      in    404     403  403  303    403  403   403
POST /people/{person}/unblocking                         bob      in    404     403  403  303    403  403   403
POST /people/registrations/{registration}/acceptance     asking   in    404     403  403  303    403  403   403
POST /people/registrations/{registration}/declining      asking   in    404     403  403  303    403  403   403
GET  /profile                                            -        in    200     200  200  200   200  200   200
GET  /profile/person                                     -        in    200     200  200  200   200  200   200
POST /profile/person                                     -        in    303     303  303  303   303  303   303
GET  /profile/company                                    -        in    200     403  403  200   403  403   403
POST /profile/company                                    -        in    409     403  403  303   403  403   403
GET  /profile/letters                                    -        in    200     200  200  200   403  403   403
POST /profile/letters                                    -        in    303     303  303  303   403  403   403
GET  /profile/login                                      -        in    200     200  200  200   200  200   200
POST /profile/login                                      -        in    303     303  303  303   303  303   303
GET  /profile/password                                   -        in    200     200  200  200   200  200   200
POST /profile/password                                   -        in    303     303  303  303   303  303   303
GET  /profile/email                                      -        in    200     200  200  200   200  200   200
POST /profile/email                                      -        in    303     303  303  303   303  303   303
GET  /profile/email/{token}                              address  in    404     404  404  200   404  404   404
POST /profile/email/{token}                              address  in    404     404  404  303   404  404   404
POST /profile/absence                                    -         in    403     403  403  403   303  303   303
GET  /profile/second-factor                              -        in    403     403  403  403   200  200   200
POST /profile/second-factor                              -        in    403     403  403  403   409  303   303
GET  /profile/second-factor/confirmation                 -        in    403     403  403  403   303  303   303
POST /profile/second-factor/confirmation                 -        in    403     403  403  403   422  422   422
GET  /profile/second-factor/codes                        -        in    403     403  403  403   200  303   303
POST /profile/second-factor/codes                        -        in    403     403  403  403   200  303   303
GET  /profile/second-factor/removal                      -        in    403     403  403  403   200  303   303
POST /profile/second-factor/removal                      -        in    403     403  403  403   303  303   303
POST /profile/devices/sign-out                           -        in    303     303  303  303   303  303   303
GET  /help                                               -        200   200     200  200  200   200  200   200
GET  /policies/{policy}                                  policy   200   200     200  200  200   200  200   200
GET  /policies/{policy}/versions/{version}               policy   200   200     200  200  200   200  200   200
GET  /administration                                     -         in    403     403  403  403   403  403   200
GET  /administration/staff                               -         in    403     403  403  403   403  403   200
POST /administration/staff                               -         in    403     403  403  403   403  403   303
GET  /administration/staff/{person}                      member    in    403     403  403  403   403  403   200
POST /administration/staff/{person}                      member    in    403     403  403  403   403  403   303
POST /administration/staff/{person}/absence              member    in    403     403  403  403   403  403   303
GET  /administration/staff/{person}/blocking             member    in    403     403  403  403   403  403   200
POST /administration/staff/{person}/blocking             member    in    403     403  403  403   403  403   303
POST /administration/staff/{person}/unblocking           member    in    403     403  403  403   403  403   303
GET  /administration/staff/{person}                      bob       in    403     403  403  403   403  403   404
POST /administration/staff/{person}/blocking             bob       in    403     403  403  403   403  403   404
POST /administration/staff/{person}/resending            recruit   in    403     403  403  403   403  403   303
GET  /administration/staff/{person}/withdrawal           recruit   in    403     403  403  403   403  403   200
POST /administration/staff/{person}/withdrawal           recruit   in    403     403  403  403   403  403   303
GET  /administration/letters                             -         in    403     403  403  403   403  403   200
GET  /administration/letters/sending                     -         in    403     403  403  403   403  403   200
POST /administration/letters/sending                     -         in    403     403  403  403   403  403   303
GET  /administration/letters/{letter}                    lost      in    403     403  403  403   403  403   200
GET  /administration/letters/{letter}/html               lost      in    403     403  403  403   403  403   200
POST /administration/letters/{letter}/sending            lost      in    403     403  403  403   403  403   303
GET  /administration/jobs                                -         in    403     403  403  403   403  403   200
POST /administration/jobs/running                        -         in    403     403  403  403   403  403   303
POST /administration/jobs/{event}/running                stuck     in    403     403  403  403   403  403   303
GET  /administration/sign-ins                            -         in    403     403  403  403   403  403   200
GET  /administration/sign-ins/people/{person}            bob       in    403     403  403  403   403  403   200
POST /administration/sign-ins/people/{person}/sign-out   bob       in    403     403  403  403   403  403   303
GET  /administration/settings                            -         in    403     403  403  403   403  403   200
POST /administration/settings                            -         in    403     403  403  403   403  403   303
GET  /administration/vat                                 -         in    403     403  403  403   403  403   200
POST /administration/vat                                 -         in    403     403  403  403   403  403   303
GET  /administration/vat/{rate}/removal                  rate      in    403     403  403  403   403  403   200
POST /administration/vat/{rate}/removal                  rate      in    403     403  403  403   403  403   303
GET  /desk                                               -        in    403     403  403  403   200  200   200
GET  /desk/answers                                       -        in    403     403  403  403   200  200   200
GET  /desk/letters                                       -        in    403     403  403  403   200  200   200
POST /desk/letters/{letter}/settlement                   lost     in    403     403  403  403   404  303   303
GET  /desk/answer-templates                              -        in    403     403  403  403   200  200   200
POST /desk/answer-templates                              -        in    403     403  403  403   303  303   303
GET  /desk/answer-templates/new                          -        in    403     403  403  403   200  200   200
GET  /desk/answer-templates/{template}                   saying   in    403     403  403  403   404  200   404
POST /desk/answer-templates/{template}                   saying   in    403     403  403  403   404  303   404
GET  /desk/answer-templates/{template}                   common   in    403     403  403  403   404  404   200
POST /desk/answer-templates/{template}                   common   in    403     403  403  403   404  404   303
GET  /desk/answer-templates/{template}/removal           saying   in    403     403  403  403   404  200   404
POST /desk/answer-templates/{template}/removal           saying   in    403     403  403  403   404  303   404
GET  /desk/asked                                         -        in    403     403  403  403   200  200   200
GET  /desk/extensions                                    -        in    403     403  403  403   200  200   200
GET  /desk/handovers                                     -        in    403     403  403  403   200  200   200
GET  /desk/extensions/{request}/settlement               wished   in    403     403  403  403   404  200   200
POST /desk/extensions/{request}/settlement               wished   in    403     403  403  403   404  303   303
GET  /desk/news                                          -        401   403     403  403  403   303  303   303
GET  /desk/orders                                        -        in    403     403  403  403   200  200   200
GET  /desk/orders/picking                                -        in    403     403  403  403   303  303   303
GET  /desk/orders/{number}/picking                       order    in    403     403  403  403   404  200   200
GET  /desk/orders/{number}/picking                       queued   in    403     403  403  403   200  200   200
GET  /desk/tickets                                       -        in    403     403  403  403   200  200   200
GET  /desk/partners                                      -        in    403     403  403  403   200  200   200
GET  /desk/partners/invitations                          -        in    403     403  403  403    200  200   200
POST /desk/partners/invitations                          -        in    403     403  403  403    404  303   303
GET  /desk/partners/invitations/new                      -        in    403     403  403  403    200  200   200
POST /desk/partners/invitations/{invitation}/resending   newcomer in    403     403  403  403    404  303   303
GET  /desk/partners/invitations/{invitation}/withdrawal  newcomer in    403     403  403  403    404  200   200
POST /desk/partners/invitations/{invitation}/withdrawal  newcomer in    403     403  403  403    404  303   303
GET  /desk/partners/{company}                            partner  in    403     403  403  403    404  200   200
GET  /desk/partners/{company}                            lone     in    403     403  403  403    200  200   200
POST /desk/partners/{company}/taking                     lone     in    403     403  403  403    303  303   409
POST /desk/partners/{company}/taking                     partner  in    403     403  403  403    409  303   409
GET  /desk/partners/{company}/transfer                   partner  in    403     403  403  403    404  200   200
POST /desk/partners/{company}/transfer                   partner  in    403     403  403  403    404  303   303
POST /desk/partners/{company}/transfer                   lone     in    403     403  403  403    422  422   303
POST /desk/partners/{company}/notes                      partner  in    403     403  403  403    404  303   303
GET  /desk/partners/{company}/blocking                   partner  in    403     403  403  403    404  200   200
POST /desk/partners/{company}/blocking                   partner  in    403     403  403  403    404  303   303
POST /desk/partners/{company}/blocking                   lone     in    403     403  403  403    409  409   303
POST /desk/partners/{company}/unblocking                 partner  in    403     403  403  403    404  303   303
GET  /desk/partners/{company}/people/{person}/blocking   partner  in    403     403  403  403    404  200   200
POST /desk/partners/{company}/people/{person}/blocking   partner  in    403     403  403  403    404  303   303
POST /desk/partners/{company}/people/{person}/unblocking partner  in    403     403  403  403    404  303   303
GET  /desk/partners/{company}/discounts/new              partner  in    403     403  403  403    404  200   200
POST /desk/partners/{company}/discounts                  partner  in    403     403  403  403    404  303   303
POST /desk/partners/{company}/discounts                  lone     in    403     403  403  403    409  409   303
GET  /desk/partners/{company}/discounts/{discount}       partner  in    403     403  403  403    404  200   200
POST /desk/partners/{company}/discounts/{discount}       partner  in    403     403  403  403    404  303   303
GET  /desk/partners/{company}/requisites                 partner  in    403     403  403  403    404  200   200
POST /desk/partners/{company}/requisites                 partner  in    403     403  403  403    404  303   303
POST /desk/partners/{company}/requisites                 lone     in    403     403  403  403    409  409   409
POST /desk/partners/{company}/price-type                 partner  in    403     403  403  403    403  403   303
GET  /desk/discounts/approvals                           -        in    403     403  403  403    403  403   200
POST /desk/discounts/approvals/{request}                 asked_for in   403     403  403  403    403  403   303
GET  /desk/presentations                                 -        in    403     403  403  403   200  200   200
POST /desk/presentations                                 -        in    403     403  403  403   404  303   303
GET  /desk/presentations/new                             -        in    403     403  403  403   200  200   200
GET  /desk/presentations/approvals                       -        in    403     403  403  403   403  403   200
GET  /desk/presentations/approvals/{approval}            plea     in    403     403  403  403   403  403   200
POST /desk/presentations/approvals/{approval}            plea     in    403     403  403  403   403  403   303
GET  /desk/presentations/templates                       -        in    403     403  403  403   200  200   200
GET  /desk/presentations/templates/{template}            stencil  in    403     403  403  403   404  200   200
POST /desk/presentations/templates/{template}            stencil  in    403     403  403  403   404  303   303
GET  /desk/presentations/templates/{template}/removal    stencil  in    403     403  403  403   404  200   200
POST /desk/presentations/templates/{template}/removal    stencil  in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}                        draft    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}                        offer    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/recalculation          draft    in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}/products               draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/lines                  draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/lines/{line}/removal   draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/lines/{line}/removal   crossed  in    403     403  403  403   404  404   404
POST /desk/presentations/{number}/lines/{line}/move      draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/lines/{line}/move      crossed  in    403     403  403  403   404  404   404
POST /desk/presentations/{number}/discounts              draft    in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}/list                   draft    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/list                   draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/file                   draft    in    403     403  403  403   404  422   422
POST /desk/presentations/{number}/copy                   draft    in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}/shelf                  draft    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/shelf                  draft    in    403     403  403  403   404  422   422
GET  /desk/presentations/{number}/doubts/removal         pasted   in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/doubts/removal         pasted   in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/doubts/{doubt}/line    pasted   in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/doubts/{doubt}/removal pasted   in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/approval               draft    in    403     403  403  403   404  409   409
GET  /desk/presentations/{number}/template               draft    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/template               draft    in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}/template               offer    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/preview                draft    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/preview/phone          draft    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/preview/framed         draft    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/sending                draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/sending                offer    in    403     403  403  403   404  409   409
POST /desk/presentations/{number}/versions               offer    in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}/versions/{version}     offer    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/versions/{version}     draft    in    403     403  403  403   404  404   404
GET  /desk/presentations/{number}                        left     in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/removal                draft    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/removal                offer    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/removal                draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/removal                offer    in    403     403  403  403   404  409   409
POST /desk/presentations/{number}/claim                  left     in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/claim                  offer    in    403     403  403  403   404  409   409
GET  /media/{name}                                       photo    200   200     200  200  200     200  200   200
GET  /documents/{stored}                                 paper    200   200     200  200  200     200  200   200
GET  /sitemap.xml                                        -        200   200     200  200  200     200  200   200
GET  /sitemaps/{part}                                    sitemap  200   200     200  200  200     200  200   200
GET  /robots.txt                                         -        200   200     200  200  200     200  200   200
GET  /administration/products                            -        in    403     403  403  403     403  403   200
POST /administration/products                            -        in    403     403  403  403     403  403   303
GET  /administration/products/new                        -        in    403     403  403  403     403  403   200
GET  /administration/products/{product}                  product  in    403     403  403  403     403  403   200
POST /administration/products/{product}                  product  in    403     403  403  403     403  403   303
GET  /administration/products/{product}/discontinuation  product  in    403     403  403  403     403  403   200
POST /administration/products/{product}/discontinuation  product  in    403     403  403  403     403  403   303
POST /administration/products/{product}/return           product  in    403     403  403  403     403  403   303
POST /administration/products/{product}/pictures         product  in    403     403  403  403     403  403   422
POST /administration/products/{product}/pictures/{picture}/place product in    403     403  403  403     403  403   303
GET  /administration/products/{product}/pictures/{picture}/removal product in 403 403 403 403 403 403 200
POST /administration/products/{product}/pictures/{picture}/removal product in 403 403 403 403 403 403 303
POST /administration/products/{product}/documents        product  in    403     403  403  403     403  403   422
GET  /administration/products/{product}/documents/{document}/removal product in 403 403 403 403 403 403 200
POST /administration/products/{product}/documents/{document}/removal product in 403 403 403 403 403 403 303
GET  /administration/products/{product}/analogues        product  in    403     403  403  403     403  403   200
POST /administration/products/{product}/analogues        product  in    403     403  403  403     403  403   303
POST /administration/products/{product}/analogues/{analogue}/removal product in 403 403 403 403 403 403 303
POST /administration/products/{product}/stocks           product  in    403     403  403  403     403  403   303
GET  /administration/warehouses                          -        in    403     403  403  403     403  403   200
POST /administration/warehouses                          -        in    403     403  403  403     403  403   303
GET  /administration/warehouses/new                      -        in    403     403  403  403     403  403   200
GET  /administration/warehouses/{warehouse}              store    in    403     403  403  403     403  403   200
POST /administration/warehouses/{warehouse}              store    in    403     403  403  403     403  403   303
GET  /administration/price-types                         -        in    403     403  403  403     403  403   200
POST /administration/price-types                         -        in    403     403  403  403     403  403   303
GET  /administration/price-types/new                     -        in    403     403  403  403     403  403   200
GET  /administration/price-types/{type}                  column   in    403     403  403  403     403  403   200
POST /administration/price-types/{type}                  column   in    403     403  403  403     403  403   303
GET  /administration/products/{product}/prices           product  in    403     403  403  403     403  403   200
POST /administration/products/{product}/prices           product  in    403     403  403  403     403  403   303
GET  /administration/products/{product}/prices/{price}/removal  dearer in 403   403  403  403     403  403   200
POST /administration/products/{product}/prices/{price}/removal  dearer in 403   403  403  403     403  403   303
GET  /administration/exchange                            -        in    403     403  403  403     403  403   200
POST /administration/exchange/connections                -        in    403     403  403  403     403  403   200
GET  /administration/exchange/connections/new            -        in    403     403  403  403     403  403   200
GET  /administration/exchange/connections/{connection}   linked   in    403     403  403  403     403  403   200
POST /administration/exchange/connections/{connection}   linked   in    403     403  403  403     403  403   303
GET  /administration/exchange/connections/{connection}/password linked   in    403     403  403  403     403  403   200
POST /administration/exchange/connections/{connection}/password linked   in    403     403  403  403     403  403   200
POST /administration/exchange/connections/{connection}/price-types linked in 403 403  403  403     403  403   303
POST /administration/exchange/connections/{connection}/statuses linked in  403     403  403  403     403  403   303
GET  /administration/exchange/{exchange}                 held     in    403     403  403  403     403  403   200
POST /administration/exchange/{exchange}/decision        held     in    403     403  403  403     403  403   303
GET  /1c_exchange                                        -        401   401     401  401  401     401  401   401
POST /1c_exchange                                        -        401   401     401  401  401     401  401   401
GET  /administration/rates                               -        in    403     403  403  403     403  403   200
POST /administration/rates                               -        in    403     403  403  403     403  403   303
POST /administration/rates/reading                       -        in    403     403  403  403     403  403   409
POST /administration/rates/terms                         -        in    403     403  403  403     403  403   303
POST /administration/rates/{rate}/decision               jumped   in    403     403  403  403     403  403   303
GET  /administration/imports                             -        in    403     403  403  403     403  403   200
POST /administration/imports                             -        in    403     403  403  403     403  403   422
GET  /administration/imports/new                         -        in    403     403  403  403     403  403   200
GET  /administration/imports/{run}                       list     in    403     403  403  403     403  403   200
GET  /administration/imports/{run}/columns               list     in    403     403  403  403     403  403   200
POST /administration/imports/{run}/columns               list     in    403     403  403  403     403  403   303
POST /administration/imports/{run}/application           list     in    403     403  403  403     403  403   303
POST /administration/imports/{run}/stop                  list     in    403     403  403  403     403  403   303
GET  /administration/imports/{run}/undoing               imported in    403     403  403  403     403  403   200
POST /administration/imports/{run}/undoing               list     in    403     403  403  403     403  403   409
POST /administration/imports/{run}/undoing               imported in    403     403  403  403     403  403   303
GET  /administration/products/{product}/imports          product  in    403     403  403  403     403  403   200
GET  /administration/brands                              -        in    403     403  403  403     403  403   200
POST /administration/brands                              -        in    403     403  403  403     403  403   303
GET  /administration/brands/new                          -        in    403     403  403  403     403  403   200
GET  /administration/brands/{brand}                      maker    in    403     403  403  403     403  403   200
POST /administration/brands/{brand}                      maker    in    403     403  403  403     403  403   303
POST /administration/brands/{brand}/logo                 maker    in    403     403  403  403     403  403   422
GET  /administration/brands/{brand}/logo/removal         maker    in    403     403  403  403     403  403   200
POST /administration/brands/{brand}/logo/removal         maker    in    403     403  403  403     403  403   303
GET  /administration/brands/{brand}/removal              maker    in    403     403  403  403     403  403   200
POST /administration/brands/{brand}/removal              maker    in    403     403  403  403     403  403   303
GET  /administration/brands/{brand}/merging              maker    in    403     403  403  403     403  403   200
POST /administration/brands/{brand}/merging              maker    in    403     403  403  403     403  403   303
GET  /administration/categories                          -        in    403     403  403  403     403  403   200
POST /administration/categories                          -        in    403     403  403  403     403  403   303
GET  /administration/categories/new                      -        in    403     403  403  403     403  403   200
GET  /administration/categories/{category}               kind     in    403     403  403  403     403  403   200
POST /administration/categories/{category}               kind     in    403     403  403  403     403  403   303
GET  /administration/categories/{category}/removal       kind     in    403     403  403  403     403  403   200
POST /administration/categories/{category}/removal       kind     in    403     403  403  403     403  403   303
GET  /administration/categories/{category}/merging       kind     in    403     403  403  403     403  403   200
POST /administration/categories/{category}/merging       kind     in    403     403  403  403     403  403   303
GET  /desk/presentations/{number}/sending                draft    in    403     403  403  403   404  200   200
GET  /desk/presentations/{number}/sending                offer    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/schedule               draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/schedule               offer    in    403     403  403  403   404  409   409
POST /desk/presentations/{number}/recall                 draft    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/recall                 offer    in    403     403  403  403   404  409   409
GET  /desk/presentations/{number}/withdrawal             offer    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/withdrawal             offer    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/reminders              offer    in    403     403  403  403   404  303   303
POST /desk/presentations/{number}/reminders              expired  in    403     403  403  403   404  409   409
POST /desk/presentations/{number}/reminder-day           offer    in    403     403  403  403   404  303   303
GET  /desk/presentations/{number}/promo                  offer    in    403     403  403  403   404  200   200
POST /desk/presentations/{number}/promo                  offer    in    403     403  403  403   404  303   303
GET  /desk/promos                                        -        in    403     403  403  403   200  200   200
GET  /desk/promos/{promo}                                promo    in    403     403  403  403   404  200   200
POST /desk/promos/{promo}/sending                        promo    in    403     403  403  403   404  303   303
POST /desk/promos/{promo}/removal                        promo    in    403     403  403  403   404  303   303
POST /desk/promos/{promo}/stop                           promo    in    403     403  403  403   404  303   303
POST /desk/promos/{promo}/resumption                     promo    in    403     403  403  403   404  303   303
GET  /desk/promos/{promo}/news                           promo    401   403     403  403  403   404  303   303
GET  /mailbox                                            -        200   200     200  200  200   200  200   200
GET  /mailbox/{number}                                   letter   200   200     200  200  200   200  200   200
GET  /mailbox/{number}/html                              letter   200   200     200  200  200   200  200   200
"""

OURS = frozenset({"bob", "vera", "alice", "maria", "anna"})
SECRETS = {  # words of the things, and who may read them
    "Камеры для ангара": OURS,  # the title of the presentation
    "Камеры для причала": {"maria", "anna"},  # of the draft
    "Неделя домофонов": {"maria", "anna"},  # the title of a promo
    "Позвоните до обеда": OURS,  # a comment
    "Скидки больше не дадим": {"maria", "anna"},  # an internal comment
    "Акты за ноябрь": OURS,  # the subject of a ticket
    "Склад на Заречной": {"bob", "vera", "alice"},  # an order template
    "Витрина на Портовой": {"bob", "vera", "alice"},  # an address of the price list
    "Инна Заречная": OURS,  # whom to ask for about the order
    "Отложите до весны": {"alice"},  # a form that was sent too late
    "lost@example.ru": {"maria", "anna"},  # where a letter did not arrive
}


@dataclass(frozen=True, slots=True)
class Row:
    """A door, what stands behind it, and what becomes of each of the people."""

    method: str
    path: str
    thing: str
    outcomes: dict[str, str]

    @property
    def door(self) -> str:
        """The method and the path, as routes have them."""
        return f"{self.method} {self.path}"


def table() -> list[Row]:
    """TABLE, read."""
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return [
        Row(method, path, thing, dict(zip(head[1:], outcomes, strict=True))) for method, path, thing, *outcomes in lines
    ]
